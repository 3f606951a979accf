package io.sluice.media.profile;

import java.util.regex.Pattern;

/** What a profile can be called: its name and version stand in file names, topic keys and addresses. */
final class ProfileName {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private ProfileName() {}

    /** @throws IllegalArgumentException when no profile can be called so */
    static void check(String name, int version) {
        if (!NAME.matcher(name).matches() || version < 1) {
            throw new IllegalArgumentException("Not a profile: " + name + "@" + version);
        }
    }
}
