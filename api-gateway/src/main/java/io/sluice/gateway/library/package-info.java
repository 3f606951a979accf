/**
 * The libraries: their health, counts and scans as their owners tell them, and the live map from library to root that
 * originals are served from. The map is read from the library topic without a consumer group, each gateway for itself.
 */
@NullMarked
package io.sluice.gateway.library;

import org.jspecify.annotations.NullMarked;
