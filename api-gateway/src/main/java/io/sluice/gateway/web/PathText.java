package io.sluice.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.ByteString;

/**
 * Bytes that are text nearly always, such as a path.
 *
 * @param text for display; what is not UTF-8 stands as U+FFFD
 * @param base64 the exact bytes, only when they are not UTF-8
 */
public record PathText(String text, @Nullable String base64) {

    public static PathText of(ByteString bytes) {
        try {
            return new PathText(
                    UTF_8.newDecoder().decode(bytes.asReadOnlyByteBuffer()).toString(), null);
        } catch (CharacterCodingException notText) {
            ByteBuffer raw = bytes.asReadOnlyByteBuffer();
            return new PathText(
                    UTF_8.decode(raw).toString(), Base64.getEncoder().encodeToString(bytes.toByteArray()));
        }
    }
}
