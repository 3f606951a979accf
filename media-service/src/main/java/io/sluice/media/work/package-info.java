/** Image work, from the claim to the rows: a file is found, decoded, looked at again, and what became of it written. */
@NullMarked
package io.sluice.media.work;

import org.jspecify.annotations.NullMarked;
