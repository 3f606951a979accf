/** How texts become words: of documents and of queries alike. */
@NullMarked
package io.sluice.search.text;

import org.jspecify.annotations.NullMarked;
