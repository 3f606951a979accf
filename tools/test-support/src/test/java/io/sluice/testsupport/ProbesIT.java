package io.sluice.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

import io.sluice.contract.Topics;

/** The resource as Quarkus uses it, twice in one JVM, and both probes. */
class ProbesIT {

    @Test
    void every_start_finds_an_empty_broker_and_an_empty_schema() {
        Map<String, String> first = new SluiceInfra().start();
        TopicProbe topics = SluiceInfra.topics();
        topics.create(Topics.SCANNER_FILE, Topics.SCANNER_DEAD);
        topics.produce(new ProducerRecord<>(Topics.SCANNER_FILE.name(), bytes("key"), bytes("one")));
        topics.produce(new ProducerRecord<>(Topics.SCANNER_FILE.name(), bytes("key"), bytes("two")));
        SluiceInfra.database().execute("CREATE TABLE seen (a INT)");

        assertThat(topics.read(Topics.SCANNER_FILE.name()))
                .extracting(each -> new String(each.value(), StandardCharsets.UTF_8))
                .containsExactly("one", "two");
        assertThat(topics.await(Topics.SCANNER_FILE.name(), Duration.ofSeconds(10), each -> each.offset() == 1)
                        .value())
                .isEqualTo(bytes("two"));

        Map<String, String> second = new SluiceInfra().start();

        assertThat(second.get("kafka.bootstrap.servers")).isEqualTo(first.get("kafka.bootstrap.servers"));
        assertThat(second.get("quarkus.datasource.jdbc.url")).isNotEqualTo(first.get("quarkus.datasource.jdbc.url"));
        assertThat(SluiceInfra.database().strings("SHOW TABLES")).isEmpty();
        topics.create(Topics.SCANNER_FILE);
        assertThat(topics.read(Topics.SCANNER_FILE.name())).isEmpty();
    }

    @Test
    void the_servers_can_be_killed_and_come_back_with_their_data() {
        new SluiceInfra().start();
        SluiceInfra.database().execute("CREATE TABLE kept (a INT)");
        SluiceInfra.topics().create(Topics.SCANNER_DEAD);
        SluiceInfra.topics().produce(new ProducerRecord<>(Topics.SCANNER_DEAD.name(), null, bytes("kept")));

        SluiceInfra.killDatabase();
        SluiceInfra.killBroker();
        SluiceInfra.restartDatabase();
        SluiceInfra.restartBroker();

        assertThat(SluiceInfra.database().strings("SHOW TABLES")).containsExactly("kept");
        assertThat(SluiceInfra.topics().read(Topics.SCANNER_DEAD.name())).hasSize(1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
