/**
 * How much one caller may ask in a second, so that the others are answered too. Limits are counted in each gateway process by
 * itself: with several of them a caller may ask that much of each.
 */
@NullMarked
package io.sluice.gateway.limit;

import org.jspecify.annotations.NullMarked;
