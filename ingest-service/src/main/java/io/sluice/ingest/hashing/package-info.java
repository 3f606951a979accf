/** Hash work: read every byte once, read the header, compare the file with what was observed, register. */
@NullMarked
package io.sluice.ingest.hashing;

import org.jspecify.annotations.NullMarked;
