/** What ingest's *IT stand in: a mount with real files, and a scanner that tells of them. */
package io.sluice.ingest.world;
