/**
 * How the gateway asks the services behind it: every question has a deadline, every failure becomes a coded one, and a
 * service that does not answer is a value that the caller can show, not a reason to answer nothing.
 */
@NullMarked
package io.sluice.gateway.upstream;

import org.jspecify.annotations.NullMarked;
