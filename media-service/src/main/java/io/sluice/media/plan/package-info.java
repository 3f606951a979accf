/** What an asset should have against what it has: the difference becomes pending renditions and work. */
@NullMarked
package io.sluice.media.plan;

import org.jspecify.annotations.NullMarked;
