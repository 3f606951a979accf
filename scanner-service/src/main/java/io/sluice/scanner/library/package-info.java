/**
 * Libraries: what the configuration says of them, their row, their health. A library is a sub-path of a mount with its
 * policy; it is online, stale (should be there, is not provably) or disabled. Every change of one is told on
 * {@code scanner.library}.
 */
@NullMarked
package io.sluice.scanner.library;

import org.jspecify.annotations.NullMarked;
