/** The recipes for renditions: pictures with a size and an encoding, streams with a playlist. */
@NullMarked
package io.sluice.media.profile;

import org.jspecify.annotations.NullMarked;
