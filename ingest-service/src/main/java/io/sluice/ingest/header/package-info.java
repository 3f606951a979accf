/** What stands in a file's header, read in bounded child processes: type by content, EXIF. */
@NullMarked
package io.sluice.ingest.header;

import org.jspecify.annotations.NullMarked;
