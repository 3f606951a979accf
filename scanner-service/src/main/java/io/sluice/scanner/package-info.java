/**
 * The scanner says what is there. It walks libraries, states what it sees as facts, judges nothing, opens no file and
 * writes under no mount.
 */
@NullMarked
package io.sluice.scanner;

import org.jspecify.annotations.NullMarked;
