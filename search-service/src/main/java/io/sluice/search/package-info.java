/** Search: an index made of topics, and the questions it answers. */
@NullMarked
package io.sluice.search;

import org.jspecify.annotations.NullMarked;
