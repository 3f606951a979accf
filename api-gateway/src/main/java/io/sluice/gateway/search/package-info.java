/** Searches: what clients ask of the index, and what they are told. */
@NullMarked
package io.sluice.gateway.search;

import org.jspecify.annotations.NullMarked;
