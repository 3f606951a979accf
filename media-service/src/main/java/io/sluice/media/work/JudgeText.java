package io.sluice.media.work;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;

import io.sluice.contract.ErrorCode;
import io.sluice.media.store.StoreFailure;

/** Tells by its content what a delivered text is: subtitles that begin as WebVTT does, or one JSON value from end to end. */
final class JudgeText {

    /** https://www.w3.org/TR/webvtt1/#file-structure: a byte order mark may stand before it. */
    private static final byte[] WEBVTT = "WEBVTT".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private JudgeText() {}

    /** @param copy in the store */
    static ImageResult judge(Path copy, long size) {
        if (size == 0) {
            return new ImageResult.Unsupported(ErrorCode.FILE_EMPTY, "The file is empty");
        }
        try {
            if (isWebVtt(copy)) {
                return new ImageResult.Copied("text/vtt", 0, 0, size);
            }
            readJson(copy);
            return new ImageResult.Copied("application/json", 0, 0, size);
        } catch (JsonProcessingException e) {
            return new ImageResult.Unsupported(
                    ErrorCode.FORMAT_REFUSED,
                    "It is neither WebVTT (it would begin with WEBVTT) nor JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw StoreFailure.of(e, copy);
        }
    }

    private static boolean isWebVtt(Path copy) throws IOException {
        try (InputStream in = Files.newInputStream(copy)) {
            byte[] first = in.readNBytes(BYTE_ORDER_MARK.length);
            byte[] rest = in.readNBytes(WEBVTT.length);
            if (Arrays.equals(first, BYTE_ORDER_MARK)) {
                return Arrays.equals(rest, WEBVTT);
            }
            byte[] whole = Arrays.copyOf(first, first.length + rest.length);
            System.arraycopy(rest, 0, whole, first.length, rest.length);
            return whole.length >= WEBVTT.length && Arrays.equals(Arrays.copyOf(whole, WEBVTT.length), WEBVTT);
        }
    }

    private static void readJson(Path copy) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(copy));
                JsonParser parser = new JsonFactory().createParser(in)) {
            if (parser.nextToken() == null) {
                throw new com.fasterxml.jackson.core.JsonParseException(parser, "there is nothing but blanks");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new com.fasterxml.jackson.core.JsonParseException(parser, "something follows its end");
            }
        }
    }
}
