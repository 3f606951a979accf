package io.sluice.gateway.web;

import java.time.Instant;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ProtocolMessageEnum;
import com.google.protobuf.Timestamp;

/** How values of the inner contracts are written outside. */
public final class Wire {

    private Wire() {}

    /** The last word of an enum constant, in lower case: HEALTH_STATE_ONLINE is "online"; unspecified and unknown ones are "unknown". */
    public static String wordOf(ProtocolMessageEnum value) {
        if (value.toString().equals("UNRECOGNIZED") || value.getNumber() == 0) {
            return "unknown";
        }
        String prefix = screamingSnake(value.getDescriptorForType().getName()) + "_";
        String name = value.getValueDescriptor().getName();
        return (name.startsWith(prefix) ? name.substring(prefix.length()) : name).toLowerCase(Locale.ROOT);
    }

    public static @Nullable Instant instantOrNull(boolean there, Timestamp time) {
        return there ? Instant.ofEpochSecond(time.getSeconds(), time.getNanos()) : null;
    }

    public static @Nullable String textOrNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String screamingSnake(String camel) {
        return camel.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
    }
}
