package io.sluice.search.document;

import static java.util.stream.Collectors.joining;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.ingest.v1.FileLocation;
import io.sluice.contract.ingest.v1.HeaderMetadata;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.VideoFacts;

/** The text of each field of an asset, the same whenever it is asked for: snippets are cut from it by stored offsets. */
public final class AssetTexts {

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.GERMAN);

    private AssetTexts() {}

    /** By field; a field without text is not in it. */
    public static Map<String, String> of(AssetState asset, AssetParts parts, List<String> titles) {
        Map<String, String> texts = new TreeMap<>();
        put(texts, Fields.NAME, lines(asset.getLocationsList().stream().map(AssetTexts::nameOf)));
        put(texts, Fields.PATH, lines(asset.getLocationsList().stream().map(AssetTexts::folderOf)));
        put(texts, Fields.TITLE, lines(titles.stream()));
        put(texts, Fields.CAMERA, camera(asset.getHeader()));
        put(texts, Fields.LENS, asset.getHeader().getLensModel());
        if (isDated(asset)) {
            put(texts, Fields.DATE, date(asset.getTakenAt().getAt()));
        }
        put(texts, Fields.TEXT, lines(parts.texts().stream().map(AssetText::getText)));
        put(texts, Fields.FORMAT, format(asset, parts.facts()));
        return texts;
    }

    /** Make and model; a model that begins with its make is not said twice. */
    public static String camera(HeaderMetadata header) {
        String make = header.getCameraMake().strip();
        String model = header.getCameraModel().strip();
        boolean named = model.toLowerCase(Locale.ROOT).startsWith(make.toLowerCase(Locale.ROOT));
        return named ? model : (make + " " + model).strip();
    }

    /** What bytes are not UTF-8 are replaced: a path is shown and found as far as it can be read. */
    public static String nameOf(FileLocation location) {
        String path = pathOf(location);
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public static String folderOf(FileLocation location) {
        String path = pathOf(location);
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** Whether it has a time that a calendar has, from year 1 to 9999. */
    static boolean isDated(AssetState asset) {
        return asset.hasTakenAt() && Timestamps.isValid(asset.getTakenAt().getAt());
    }

    static String yearOf(Timestamp taken) {
        return "%04d".formatted(dateOf(taken).getYear());
    }

    private static String date(Timestamp taken) {
        LocalDate date = dateOf(taken);
        return date + " "
                + LANGUAGES.stream()
                        .flatMap(language -> Stream.of(
                                date.getDayOfMonth() + " " + date.getMonth().getDisplayName(TextStyle.FULL, language)
                                        + " " + date.getYear(),
                                date.getDayOfWeek().getDisplayName(TextStyle.FULL, language)))
                        .distinct()
                        .collect(joining(" "));
    }

    private static LocalDate dateOf(Timestamp taken) {
        return Instant.ofEpochSecond(taken.getSeconds()).atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String format(AssetState asset, @Nullable MediaFacts facts) {
        Stream<String> told = Stream.of(asset.getMediaType().replace('/', ' '), asset.getSubtype());
        if (facts == null) {
            return words(told);
        }
        VideoFacts video = facts.getVideo();
        return words(Stream.concat(told, Stream.of(facts.getFormat(), video.getVideoCodec(), video.getAudioCodec())));
    }

    private static String words(Stream<String> words) {
        return words.filter(word -> !word.isBlank()).distinct().collect(joining(" "));
    }

    private static String lines(Stream<String> lines) {
        return lines.filter(line -> !line.isBlank()).distinct().collect(joining("\n"));
    }

    private static String pathOf(FileLocation location) {
        return location.getPath().toString(StandardCharsets.UTF_8);
    }

    private static void put(Map<String, String> texts, String field, String text) {
        if (!text.isBlank()) {
            texts.put(field, text);
        }
    }
}
