/**
 * What stands on a handover mount: for every name the manifest and the sentinel, seen by one listing of the mount's root.
 * Payload folders are never entered, files never opened; what the two say is judged by ingest.
 */
@NullMarked
package io.sluice.scanner.handover;

import org.jspecify.annotations.NullMarked;
