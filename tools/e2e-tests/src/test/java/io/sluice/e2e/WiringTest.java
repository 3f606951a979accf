package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.sluice.contract.Topic;
import io.sluice.contract.Topics;

/** Holds docs/flow.md, the topics and the channels of the services to one another. */
class WiringTest {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> SERVICES =
            List.of("scanner-service", "ingest-service", "media-service", "search-service", "api-gateway");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** A row of the table: who reads the topic, and what may follow. */
    record Flow(String topic, String producer, String reader, List<String> next) {}

    @Test
    void everyTopicIsInTheTableWithItsOwner() throws IOException {
        List<Flow> flows = flows();
        assertThat(flows.stream().map(Flow::topic).distinct())
                .containsExactlyInAnyOrderElementsOf(
                        Topics.all().stream().map(Topic::name).toList());
        assertThat(flows).allSatisfy(flow -> assertThat(
                        Topics.named(flow.topic()).orElseThrow().owner())
                .isEqualTo(flow.producer()));
    }

    @Test
    void everyReaderOfATopicIsInTheTableAndNoOther() throws IOException {
        List<Flow> flows = flows();
        for (Topic topic : Topics.all()) {
            List<String> readers = flows.stream()
                    .filter(flow -> flow.topic().equals(topic.name()))
                    .map(Flow::reader)
                    .filter(reader -> !reader.equals("–"))
                    .toList();
            List<String> declared = new ArrayList<>(topic.groups());
            declared.addAll(topic.readers());
            assertThat(readers).as(topic.name()).containsExactlyInAnyOrderElementsOf(declared);
        }
    }

    @Test
    void everyDeclaredGroupHasExactlyOneChannelAndEveryChannelIsDeclared() {
        Set<String> declared = new TreeSet<>();
        Topics.all().forEach(topic -> topic.groups().forEach(group -> declared.add(topic.name() + " " + group)));
        Set<String> channels = new TreeSet<>();
        for (String service : SERVICES) {
            for (String channel : channelsOf(service)) {
                assertThat(channels.add(channel))
                        .as("one channel for " + channel)
                        .isTrue();
            }
        }
        assertThat(channels).isEqualTo(declared);
    }

    @Test
    void whatFollowsIsATopic() throws IOException {
        assertThat(flows()).allSatisfy(flow -> assertThat(flow.next())
                .allSatisfy(next -> assertThat(Topics.named(next)).isPresent()));
    }

    @Test
    void everyOwnerHasADeadLetterTopicInTheTable() throws IOException {
        List<String> topics = flows().stream().map(Flow::topic).toList();
        assertThat(Topics.all().stream().map(Topic::owner).distinct())
                .allSatisfy(owner -> assertThat(topics).contains("sluice." + owner + ".dead.v1"));
    }

    private static List<Flow> flows() throws IOException {
        try (Stream<String> lines = Files.lines(PROJECT.resolve("docs/flow.md"))) {
            List<Flow> flows = lines.filter(line -> line.startsWith("| `sluice."))
                    .map(WiringTest::flow)
                    .toList();
            assertThat(flows).isNotEmpty();
            return flows;
        }
    }

    private static Flow flow(String line) {
        String[] cells = line.split("\\|");
        List<String> next = new ArrayList<>();
        Matcher code = CODE.matcher(cells[5]);
        while (code.find()) {
            next.add(code.group(1));
        }
        return new Flow(plain(cells[1]), plain(cells[2]), plain(cells[3]), next);
    }

    private static String plain(String cell) {
        return cell.strip().replace("`", "");
    }

    private static List<String> channelsOf(String service) {
        Properties properties = new Properties();
        Path file = PROJECT.resolve(service).resolve("src/main/resources/application.properties");
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> name.matches("mp\\.messaging\\.incoming\\.[^.]+\\.topic"))
                .map(name -> properties.getProperty(name) + " "
                        + properties.getProperty(name.replaceAll("\\.topic$", ".group.id")))
                .toList();
    }
}
