package io.sluice.media.image;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Reads a profile's description in place, however large the profile is. Format: ICC.1:2022, 7.3 (tag table), 10.15
 * (multiLocalizedUnicodeType); ICC.1:2001-04, 6.5.17 (textDescriptionType).
 */
final class ColourProfile {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int HEADER = 128;
    private static final int TAGS_AT_MOST = 100;
    private static final int LONGEST = 200;

    private static final int DESC = 0x64657363;
    private static final int MLUC = 0x6d6c7563;

    private ColourProfile() {}

    /** Its first name, {@code unnamed} when there is none that can be read. */
    static String description(MemorySegment profile) {
        try {
            int tags = Math.min(profile.get(INT, HEADER), TAGS_AT_MOST);
            for (int i = 0; i < tags; i++) {
                long entry = HEADER + 4 + 12L * i;
                if (profile.get(INT, entry) == DESC) {
                    return text(profile.asSlice(profile.get(INT, entry + 4)));
                }
            }
        } catch (IndexOutOfBoundsException e) {
            return "unnamed";
        }
        return "unnamed";
    }

    private static String text(MemorySegment tag) {
        int type = tag.get(INT, 0);
        if (type == MLUC && tag.get(INT, 8) > 0) {
            return decoded(tag, tag.get(INT, 24), tag.get(INT, 20), StandardCharsets.UTF_16BE, 2 * LONGEST);
        }
        return type == DESC ? decoded(tag, 12, tag.get(INT, 8), StandardCharsets.US_ASCII, LONGEST) : "unnamed";
    }

    private static String decoded(MemorySegment tag, int offset, int length, Charset charset, int atMost) {
        byte[] bytes = tag.asSlice(offset, Math.min(length, atMost)).toArray(ValueLayout.JAVA_BYTE);
        String text = new String(bytes, charset).replaceAll("\\p{Cntrl}", "").strip();
        return text.isEmpty() ? "unnamed" : text;
    }
}
