package io.sluice.ingest.handover;

import java.util.List;

/** What a manifest may call a path, and must not lead anywhere. */
final class EscapingPaths {

    static final List<String> PATHS = List.of(
            "../secret.txt",
            "photos/../../secret.txt",
            "photos/../a.jpg",
            "/etc/passwd",
            "//etc/passwd",
            "..",
            ".",
            "./a.jpg",
            "photos//a.jpg",
            "photos/",
            "photos/..",
            "a\u0000.jpg");

    private EscapingPaths() {}
}
