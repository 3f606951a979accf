package io.sluice.scanner.scan;

import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;

import io.sluice.scanner.library.Library;
import io.sluice.scanner.walk.RawPath;

/**
 * Where a scan looks and under which right it writes.
 *
 * @param root where the library really is
 * @param guard runs first in every transaction: refuses the writes of a tenure that is over
 */
public record ScanContext(Library library, RawPath root, String scanId, Consumer<Handle> guard) {}
