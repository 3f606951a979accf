package io.sluice.localstack;

import java.nio.file.Path;

/** The java that runs us also runs what we start. */
final class JavaCommand {

    private JavaCommand() {}

    static String path() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
