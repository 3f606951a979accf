/** Media: decides which renditions an asset should have, makes what is missing, and tells facts from pixels. */
@NullMarked
package io.sluice.media;

import org.jspecify.annotations.NullMarked;
