/**
 * The inventory: the current observation of every file that was ever seen, one row a file, and the one way to change it,
 * which tells {@code scanner.file} in the same transaction.
 */
@NullMarked
package io.sluice.scanner.inventory;

import org.jspecify.annotations.NullMarked;
