package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.util.JsonFormat;

import io.sluice.contract.ingest.v1.AssetState;
import io.sluice.contract.ingest.v1.AssetText;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.contract.ingest.v1.LedgerEntry;
import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.RenditionState;
import io.sluice.contract.messaging.v1.WorkReleased;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.contract.scanner.v1.FileObservation;
import io.sluice.contract.scanner.v1.LibraryState;

/**
 * Holds each released event version to the bytes it was released with. The {@code .json} beside them says in words what
 * the bytes mean; both are frozen. A new event: write its {@code .json}, run once with {@code -Dgolden.write=true}.
 */
class GoldenEventsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    record Event(String file, Message prototype) {
        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Event> events() {
        return Stream.of(
                new Event("library_state.v1", LibraryState.getDefaultInstance()),
                new Event("file_observation.v1", FileObservation.getDefaultInstance()),
                new Event("bundle_look.v1", BundleLook.getDefaultInstance()),
                new Event("container_state.v1", ContainerState.getDefaultInstance()),
                new Event("asset_text.v1", AssetText.getDefaultInstance()),
                ledger("scan"),
                ledger("preflight"),
                ledger("item"),
                ledger("container"),
                ledger("import_finished"),
                ledger("job"),
                ledger("job_finished"),
                new Event("asset_state.v1", AssetState.getDefaultInstance()),
                new Event("rendition_state.v1", RenditionState.getDefaultInstance()),
                new Event("media_facts.v1", MediaFacts.getDefaultInstance()),
                new Event("work_released.v1", WorkReleased.getDefaultInstance()));
    }

    private static Event ledger(String payload) {
        return new Event("ledger_" + payload + ".v1", LedgerEntry.getDefaultInstance());
    }

    @ParameterizedTest
    @MethodSource("events")
    void wordsStillGiveTheReleasedBytes(Event event) throws IOException {
        byte[] bytes = deterministicBytes(fromWords(event));
        Path released = GOLDEN.resolve(event.file() + ".bin");
        if (Boolean.getBoolean("golden.write") && Files.notExists(released)) {
            Files.write(released, bytes);
        }
        assertThat(bytes).isEqualTo(Files.readAllBytes(released));
    }

    @ParameterizedTest
    @MethodSource("events")
    void releasedBytesStillMeanTheSame(Event event) throws IOException {
        Message read = event.prototype()
                .getParserForType()
                .parseFrom(Files.readAllBytes(GOLDEN.resolve(event.file() + ".bin")));
        assertThat(read).isEqualTo(fromWords(event));
        assertThat(read.getUnknownFields()).isEqualTo(UnknownFieldSet.getDefaultInstance());
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyFieldOfTheEventIsInItsGoldenFile(Event event) throws IOException {
        Message words = fromWords(event);
        assertThat(event.prototype().getDescriptorForType().getFields()).allSatisfy(field -> assertThat(
                        field.getRealContainingOneof() != null
                                ? words.hasOneof(field.getRealContainingOneof())
                                : field.isRepeated()
                                        ? words.getRepeatedFieldCount(field) > 0
                                        : !words.getField(field)
                                                .equals(event.prototype().getField(field)))
                .as(field.getFullName())
                .isTrue());
    }

    private static Message fromWords(Event event) throws IOException {
        Message.Builder builder = event.prototype().newBuilderForType();
        JsonFormat.parser().merge(Files.readString(GOLDEN.resolve(event.file() + ".json")), builder);
        return builder.build();
    }

    private static byte[] deterministicBytes(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        message.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }
}
