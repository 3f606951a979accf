/** Answers searches: reads any text as a query, finds, counts, and says why. */
@NullMarked
package io.sluice.search.query;

import org.jspecify.annotations.NullMarked;
