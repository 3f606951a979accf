/**
 * Bytes: originals from their libraries, renditions from the store. Read only, streamed, with ranges and strong entity
 * tags. An original is sent only while the file is provably the one that was observed; a path never leads out of its mount.
 */
@NullMarked
package io.sluice.gateway.bytes;

import org.jspecify.annotations.NullMarked;
