package io.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;

import io.sluice.contract.ingest.v1.ImportServiceOuterClass;
import io.sluice.contract.ingest.v1.IngestEvents;
import io.sluice.contract.ingest.v1.IngestServiceOuterClass;
import io.sluice.contract.media.v1.MediaEvents;
import io.sluice.contract.media.v1.MediaServiceOuterClass;
import io.sluice.contract.messaging.v1.Operations;
import io.sluice.contract.messaging.v1.Work;
import io.sluice.contract.scanner.v1.ScannerEvents;
import io.sluice.contract.scanner.v1.ScannerServiceOuterClass;
import io.sluice.contract.search.v1.SearchServiceOuterClass;

/**
 * Law 12: what was released keeps its meaning. Every field, enum value, method and topic stands as a line in {@code
 * golden/contract.txt}; a line that goes or changes breaks this test, a new one must be added there (run once with
 * {@code -Dgolden.write=true}).
 */
class FrozenContractTest {

    private static final Path CONTRACT = Path.of("src/test/resources/golden/contract.txt");

    private static final List<FileDescriptor> FILES = List.of(
            ScannerEvents.getDescriptor(),
            ScannerServiceOuterClass.getDescriptor(),
            IngestEvents.getDescriptor(),
            IngestServiceOuterClass.getDescriptor(),
            ImportServiceOuterClass.getDescriptor(),
            MediaEvents.getDescriptor(),
            MediaServiceOuterClass.getDescriptor(),
            SearchServiceOuterClass.getDescriptor(),
            Work.getDescriptor(),
            Operations.getDescriptor());

    @Test
    void releasedContractStands() throws IOException {
        TreeSet<String> now = new TreeSet<>();
        for (FileDescriptor file : FILES) {
            file.getMessageTypes().forEach(message -> describe(message, now));
            file.getEnumTypes().forEach(type -> describe(type, now));
            file.getServices().forEach(service -> describe(service, now));
        }
        for (Topic topic : Topics.all()) {
            now.add("topic %s partitions=%d keep=%s key=%s"
                    .formatted(topic.name(), topic.partitions(), topic.keep(), topic.key()));
        }
        if (Boolean.getBoolean("golden.write")) {
            TreeSet<String> all = new TreeSet<>(now);
            if (Files.exists(CONTRACT)) {
                all.addAll(Files.readAllLines(CONTRACT));
            }
            Files.write(CONTRACT, all);
        }
        assertThat(now).containsExactlyInAnyOrderElementsOf(Files.readAllLines(CONTRACT));
    }

    private static void describe(Descriptor message, TreeSet<String> lines) {
        for (FieldDescriptor field : message.getFields()) {
            String label = field.isRepeated() ? "repeated " : field.hasPresence() ? "optional " : "";
            lines.add("field %s = %d %s%s".formatted(field.getFullName(), field.getNumber(), label, typeOf(field)));
        }
        message.getNestedTypes().forEach(nested -> describe(nested, lines));
    }

    private static String typeOf(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM -> field.getEnumType().getFullName();
            default -> field.getType().name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    private static void describe(EnumDescriptor type, TreeSet<String> lines) {
        type.getValues().forEach(value -> lines.add("enum %s = %d".formatted(value.getFullName(), value.getNumber())));
    }

    private static void describe(ServiceDescriptor service, TreeSet<String> lines) {
        service.getMethods()
                .forEach(method -> lines.add("rpc %s(%s) %s%s"
                        .formatted(
                                method.getFullName(),
                                method.getInputType().getFullName(),
                                method.isServerStreaming() ? "stream " : "",
                                method.getOutputType().getFullName())));
    }

    @Test
    void topicNamesFollowTheRule() {
        String owners = Topics.all().stream().map(Topic::owner).distinct().collect(Collectors.joining("|"));
        assertThat(Topics.all()).allSatisfy(topic -> assertThat(topic.name())
                .matches("sluice\\.(" + owners + ")(\\.[a-z]+){1,3}\\.v[1-9][0-9]*")
                .startsWith("sluice." + topic.owner() + "."));
    }

    @Test
    void everyOwnerHasADeadLetterTopic() {
        assertThat(Topics.all().stream().map(Topic::owner).distinct())
                .allSatisfy(owner ->
                        assertThat(Topics.deadLettersOf(owner).partitions()).isEqualTo(1));
    }
}
