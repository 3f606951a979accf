/**
 * Signed addresses for players that can send neither a key nor a cookie. An address opens one video for some hours and dies
 * with the key it was given for; nothing is stored of it, and it is written to no log.
 */
@NullMarked
package io.sluice.gateway.playback;

import org.jspecify.annotations.NullMarked;
