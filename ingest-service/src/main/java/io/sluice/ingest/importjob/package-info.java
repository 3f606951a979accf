/** Imports: jobs that wait, run and end; their coordinators; items on their way into the library, wave by wave. */
@NullMarked
package io.sluice.ingest.importjob;

import org.jspecify.annotations.NullMarked;
