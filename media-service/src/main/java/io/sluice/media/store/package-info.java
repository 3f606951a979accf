/** Where rendition files lie: written aside, synced, and renamed into place, never half there. */
@NullMarked
package io.sluice.media.store;

import org.jspecify.annotations.NullMarked;
