/** The command line behind {@code ./sluice}: starts and stops the local stack, asks after it, writes the demo library. */
@NullMarked
package io.sluice.localstack.cli;

import org.jspecify.annotations.NullMarked;
