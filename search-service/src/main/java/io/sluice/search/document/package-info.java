/** What is known of an asset, in parts that come in any order, and the document made of them. */
@NullMarked
package io.sluice.search.document;

import org.jspecify.annotations.NullMarked;
