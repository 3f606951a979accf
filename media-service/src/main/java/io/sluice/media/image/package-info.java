/**
 * Pictures are decoded in child processes: one decode makes every size and tells the facts. The child ({@code
 * ImageChild} and what it uses) holds libvips; the service sees {@link io.sluice.media.image.ImageDecoders} only.
 */
@NullMarked
package io.sluice.media.image;

import org.jspecify.annotations.NullMarked;
