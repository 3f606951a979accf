package io.sluice.messaging.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.messaging.Node;
import io.sluice.messaging.Servers;

/** Law 9 at the rows themselves. */
class LeasesIT {

    private static final Duration THIRTY_SECONDS = Duration.ofSeconds(30);

    private final String schema = Servers.freshSchema();

    /** Frozen past its lease and woken: the loop gives its token up while the heartbeat, awake a moment sooner, lengthens the lease. */
    @Test
    void whoGaveItsTokenUpHasTheLeaseAgainAtOnceThoughItsHeartbeatLengthenedIt() {
        try (Node node = Node.passing(schema);
                Node other = Node.passing(schema)) {
            Leases ours = new Leases(node.transactions, node.instance, THIRTY_SECONDS);
            long lost = ours.take("told", Leases.NONE).orElseThrow();
            assertThat(ours.renew(List.of("told"))).containsEntry("told", lost);

            assertThat(ours.take("told", lost)).hasValue(lost + 1);
            assertThat(holds(node, ours, lost))
                    .as("a late write under the token that was given up")
                    .isFalse();
            assertThat(holds(node, ours, lost + 1)).isTrue();

            Leases theirs = new Leases(other.transactions, other.instance, THIRTY_SECONDS);
            assertThat(theirs.take("told", lost + 1))
                    .as("another's, whatever it believes to have lost")
                    .isEmpty();
        }
    }

    @Test
    void whoHasLostNothingWaitsForItsOwnLeaseToo() {
        try (Node node = Node.passing(schema)) {
            Leases ours = new Leases(node.transactions, node.instance, THIRTY_SECONDS);
            long held = ours.take("told", Leases.NONE).orElseThrow();
            assertThat(ours.take("told", Leases.NONE)).isEmpty();
            assertThat(holds(node, ours, held)).isTrue();
        }
    }

    private static boolean holds(Node node, Leases leases, long token) {
        return node.in(tx -> leases.holds(tx, "told", token));
    }
}
