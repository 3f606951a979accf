package io.sluice.gateway.web;

import java.util.regex.Pattern;

/** Addresses as they may be written down: the token of a signed address is a credential, and no log or answer repeats it. */
public final class ShownPath {

    private static final Pattern PLAYBACK = Pattern.compile("(?i)(/playback/)[^/?]+");

    /** However the rest of the address was spelled: nothing else in a path is this long without a slash. */
    private static final Pattern LONG_SEGMENT = Pattern.compile("/[^/?]{100,}");

    private ShownPath() {}

    /** @param uri a path, with or without its query; a query never holds a token */
    public static String of(String uri) {
        int query = uri.indexOf('?');
        String path = query < 0 ? uri : uri.substring(0, query);
        String shown =
                LONG_SEGMENT.matcher(PLAYBACK.matcher(path).replaceAll("$1…")).replaceAll("/…");
        return query < 0 ? shown : shown + uri.substring(query);
    }
}
