/** What ingest knows of libraries: learned from the scanner, resolved under this deployment's mounts. */
@NullMarked
package io.sluice.ingest.library;

import org.jspecify.annotations.NullMarked;
