package io.sluice.ingest.handover;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;

import io.sluice.ingest.handover.ManifestProblem.NotJson;
import io.sluice.ingest.handover.ManifestProblem.TooLarge;

/**
 * Reads a manifest in one pass and little memory: entries are handed on one by one, bytes are hashed as they are read, and
 * whatever is wrong with it is a value.
 */
@ApplicationScoped
public class ManifestReader {

    private static final int LONGEST_NAME = 1000;

    /** A long has 19 digits; what we do not know may have more. */
    private static final int LONGEST_NUMBER = 200;

    private final HandoverConfig limits;
    private final JsonFactory json;

    public ManifestReader(HandoverConfig limits) {
        this.limits = limits;
        this.json = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.nesting())
                        .maxStringLength(limits.stringLength())
                        .maxNameLength(LONGEST_NAME)
                        .maxNumberLength(LONGEST_NUMBER)
                        .build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                // Names come from outside: nothing of them may outlive the reading.
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .build();
    }

    /**
     * Reads to the end; does not close.
     *
     * @param items takes entries in their order, before it is known whether the whole is well
     * @throws IOException only when reading itself fails
     */
    public ManifestRead read(InputStream in, Consumer<ManifestItem> items) throws IOException {
        MeasuredInput measured = new MeasuredInput(in, limits.manifestBytes());
        ManifestParse parse = new ManifestParse(limits, items);
        try {
            ManifestRead.Whole whole = parse(measured, parse);
            return new ManifestRead.Whole(
                    whole.syncId(), whole.status(), whole.claims(), whole.items(), measured.sha256());
        } catch (ManifestRefused refused) {
            return refused(refused.problem(), measured);
        } catch (MeasuredInput.LimitReached reached) {
            return tooLarge();
        }
    }

    private ManifestRead.Whole parse(MeasuredInput measured, ManifestParse parse) throws IOException, ManifestRefused {
        // Strictly UTF-8: without a reader of its own, the parser would also take what it guesses to be UTF-16 or
        // UTF-32.
        Reader reader = new InputStreamReader(
                measured,
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        try (JsonParser parser = json.createParser(reader).disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)) {
            try {
                return parse.manifest(parser);
            } catch (StreamConstraintsException e) {
                throw new ManifestRefused(new TooLarge(
                        pointer(parser),
                        "A part of the manifest is larger than sluice.handover.* takes (" + e.getOriginalMessage()
                                + "); deliver it in smaller parts."));
            } catch (JsonProcessingException e) {
                throw new ManifestRefused(new NotJson(
                        pointer(parser),
                        "The manifest is no JSON at line " + line(e) + ": " + firstLine(e.getOriginalMessage())
                                + ". Write it again, whole, before the sentinel."));
            } catch (CharacterCodingException e) {
                throw new ManifestRefused(new NotJson(
                        pointer(parser), "The manifest is not UTF-8; write it again in UTF-8 before the sentinel."));
            }
        }
    }

    private ManifestRead refused(ManifestProblem problem, MeasuredInput measured) throws IOException {
        try {
            measured.drain();
            return new ManifestRead.Refused(problem, measured.sha256());
        } catch (MeasuredInput.LimitReached reached) {
            return tooLarge();
        }
    }

    private ManifestRead tooLarge() {
        return new ManifestRead.Refused(
                new TooLarge(
                        "",
                        "The manifest is larger than " + limits.manifestBytes()
                                + " bytes (sluice.handover.manifest-bytes); deliver it as several bundles."),
                null);
    }

    private static String pointer(JsonParser parser) {
        return parser.getParsingContext().pathAsPointer().toString();
    }

    private static String line(JsonProcessingException e) {
        return e.getLocation() == null
                ? "?"
                : e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
    }

    private static String firstLine(String message) {
        return BatchRows.cut(message.lines().findFirst().orElse(""), 200);
    }
}
