package io.sluice.messaging.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;

/** What this module sets for the channels of every service. */
@QuarkusTest
@WithTestResource(MessagingInfra.class)
class ChannelsIT {

    @Inject
    KafkaClientService clients;

    @Test
    void theyLookForABrokerThatWasAwayEverySecond() {
        assertThat(List.of("facts", "work")).allSatisfy(name -> assertThat(
                        clients.getConsumer(name).configuration().get("reconnect.backoff.max.ms"))
                .as("the connector's own default is 10 s, after which groups have lost their members")
                .hasToString("1000"));
    }
}
