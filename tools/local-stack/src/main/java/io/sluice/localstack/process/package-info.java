/** Processes that end with us, the ports they listen on, the logs they leave. */
@NullMarked
package io.sluice.localstack.process;

import org.jspecify.annotations.NullMarked;
