/** What ingest adds to the state root: one line a thing that it keeps, whatever feature keeps it. */
@NullMarked
package io.sluice.ingest.stateroot;

import org.jspecify.annotations.NullMarked;
