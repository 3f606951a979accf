package io.sluice.scanner.scan;

/** What a scan has met so far. */
record ScanCounts(long filesSeen, long filesTold, long directoriesUnreadable) {

    static final ScanCounts NONE = new ScanCounts(0, 0, 0);
}
