/** The recipes for renditions: a name, a version, a size and an encoding. */
@NullMarked
package io.sluice.media.profile;

import org.jspecify.annotations.NullMarked;
