package io.sluice.scanner.walk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Set;

/**
 * What a walk passes over.
 *
 * @param mediaExtensions lower case, without the dot
 */
public record WalkRules(Set<String> mediaExtensions, ExcludedDirectories excluded) {

    private static final RawPath LOST_AND_FOUND = RawPath.of("lost+found");

    /** Names that nobody put there to be shown; {@code .sluice} is ours. */
    public static boolean hidden(RawPath name) {
        return name.isEmpty() || name.at(0) == '.' || name.equals(LOST_AND_FOUND);
    }

    /** By the extension alone; what is inside is judged where files are opened. */
    public boolean media(RawPath name) {
        int dot = name.length() - 1;
        while (dot >= 0 && name.at(dot) != '.') {
            dot--;
        }
        if (dot <= 0 || dot == name.length() - 1) {
            return false;
        }
        byte[] bytes = name.bytes();
        String extension = new String(bytes, dot + 1, bytes.length - dot - 1, UTF_8);
        return mediaExtensions.contains(extension.toLowerCase(Locale.ROOT));
    }
}
