/** The rows of renditions and facts: what should be there, what is, why not, and what others are told of it. */
@NullMarked
package io.sluice.media.rendition;

import org.jspecify.annotations.NullMarked;
