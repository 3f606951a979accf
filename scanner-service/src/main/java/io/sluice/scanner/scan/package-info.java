/**
 * Scans: one walk over one library, quick or full, as a duty that one instance owns. Files are looked at in batches
 * (detect, plan, commit); a full scan that ended well concludes what is absent and tells the digest of the inventory.
 */
@NullMarked
package io.sluice.scanner.scan;

import org.jspecify.annotations.NullMarked;
