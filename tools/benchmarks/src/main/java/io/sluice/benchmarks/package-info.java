/** Benchmarks: each prints Sluice and a baseline, measured in the same run on the same files and the same database server, and their ratio. */
@NullMarked
package io.sluice.benchmarks;

import org.jspecify.annotations.NullMarked;
