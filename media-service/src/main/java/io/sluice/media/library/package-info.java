/** Where the libraries lie and whether they are online, learned from the scanner; from a location to a file and no further. */
@NullMarked
package io.sluice.media.library;

import org.jspecify.annotations.NullMarked;
