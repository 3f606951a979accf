/**
 * Looks at a directory tree and says what is in it: names as bytes, times and identity as the file system tells them.
 * Reads directories only, never a file, and follows no link.
 */
@NullMarked
package io.sluice.scanner.walk;

import org.jspecify.annotations.NullMarked;
