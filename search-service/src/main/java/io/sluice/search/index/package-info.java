/** The index on the disk: follows the topics, keeps their offsets in its own commits, and is made again when it must be. */
@NullMarked
package io.sluice.search.index;

import org.jspecify.annotations.NullMarked;
