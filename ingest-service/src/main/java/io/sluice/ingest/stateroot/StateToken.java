package io.sluice.ingest.stateroot;

import java.nio.charset.StandardCharsets;

/**
 * Writes bytes as text without blanks, in the same order as the bytes: what is not plain ASCII is escaped so that low
 * bytes stay low ({@code !20} is a blank) and high bytes stay high ({@code ~c3}).
 */
public final class StateToken {

    private static final String HEX = "0123456789abcdef";

    private StateToken() {}

    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String of(byte[] bytes) {
        StringBuilder token = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            int value = b & 0xff;
            if (value > '!' && value < '~') {
                token.append((char) value);
            } else {
                token.append(value <= '!' ? '!' : '~')
                        .append(HEX.charAt(value >> 4))
                        .append(HEX.charAt(value & 15));
            }
        }
        return token.toString();
    }
}
