package io.sluice.ingest.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.scanner.v1.BundleLook;
import io.sluice.contract.scanner.v1.HealthState;
import io.sluice.ingest.world.HandoverMount;
import io.sluice.ingest.world.Ingested;
import io.sluice.ingest.world.Surroundings;
import io.sluice.testsupport.SluiceInfra;

/** Looks at bundles become verdicts, once each, in whatever order they come. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(Surroundings.class)
class SentinelIT {

    private final String id = UUID.randomUUID().toString();

    @Test
    void aReleasedBundleIsJudgedConsumableAndToldOnce() {
        HandoverMount mount = HandoverMount.online("released");
        BundleLook look = mount.deliverPhotos(id, 3);
        mount.tell(look, look);
        mount.tell(look);
        Map<String, Object> row = mount.awaitJudged(look);
        assertThat(row)
                .containsEntry("verdict", "consumable")
                .containsEntry("state", "discovered")
                .containsEntry("sync_type", "gallery")
                .containsEntry("item_count", 6L)
                .containsEntry("source_host", "flux-1")
                .containsEntry("reason", "");
        assertThat((String) row.get("sha")).hasSize(64);
        mount.settle();
        assertThat(HandoverMount.ledger(id)).containsExactly("scan");
    }

    @Test
    void anOlderLookChangesNothingBehindANewerOne() {
        HandoverMount mount = HandoverMount.online("older");
        List<BundleLook> looks = new ArrayList<>();
        mount.deliverPhotos(id, 1);
        mount.remove(id + ".ready");
        looks.add(mount.look(id));
        mount.remove(id + ".json");
        looks.add(mount.look(id));
        BundleLook last = mount.deliverPhotos(id, 2);
        looks.add(last);
        for (int seed = 0; seed < 5; seed++) {
            Collections.shuffle(looks, new Random(seed));
            looks.forEach(mount::tell);
        }
        mount.awaitVerdict(id, "consumable");
        mount.settle();
        assertThat(mount.row(id))
                .containsEntry("verdict", "consumable")
                .containsEntry("look_sequence", last.getSequence())
                .containsEntry("item_count", 4L);
    }

    @Test
    void aBundleIsFollowedThroughAllItsVerdicts() {
        HandoverMount mount = HandoverMount.online("followed");
        mount.deliver(id, mount.photos(id, 1).with("status", "\"writing\""));
        mount.remove(id + ".ready");
        assertJudged(mount, "not_released", "waiting");
        mount.deliver(id, mount.photos(id, 1).with("status", "\"writing\""));
        assertJudged(mount, "not_completed", "waiting");
        mount.deliver(id, mount.photos(id, 1).with("verification", "{}"));
        assertJudged(mount, "not_verified", "invalid");
        mount.deliver(id, mount.photos(id, 1).with("items", "[{\"bytes\": []}]"));
        assertThat(assertJudged(mount, "bad_manifest", "invalid")).containsEntry("pointer", "/items/0/bytes");
        mount.deliverPhotos(id, 1);
        assertJudged(mount, "consumable", "discovered");
        mount.remove(id + ".json");
        assertJudged(mount, "manifest_missing", "waiting");
        mount.remove(id + ".ready");
        assertJudged(mount, "gone", "waiting");
        assertThat(HandoverMount.ledger(id)).hasSize(7).containsOnly("scan");
    }

    private Map<String, Object> assertJudged(HandoverMount mount, String verdict, String state) {
        BundleLook look = mount.look(id);
        mount.tell(look);
        Map<String, Object> row = mount.awaitJudged(look);
        assertThat(row).containsEntry("verdict", verdict).containsEntry("state", state);
        assertThat(((String) row.get("reason")).isEmpty()).isEqualTo(verdict.equals("consumable"));
        return row;
    }

    @Test
    void aPersonsScanIsToldThoughNothingChanged() {
        HandoverMount mount = HandoverMount.online("asked");
        mount.awaitJudged(told(mount, mount.deliverPhotos(id, 1)));
        Map<String, Object> before = mount.row(id);
        mount.awaitJudged(told(mount, mount.look(id)));
        mount.awaitJudged(told(mount, mount.look(id).toBuilder().setAsked(true).build()));
        assertThat(HandoverMount.ledger(id)).containsExactly("scan", "scan");
        assertThat(mount.row(id))
                .containsEntry("judged_at", before.get("judged_at"))
                .containsEntry("state_since", before.get("state_since"));
    }

    @Test
    void whatCannotBeReadWaitsAndHoldsUpNothingElse() {
        HandoverMount away = HandoverMount.online("away");
        HandoverMount there = HandoverMount.online("there");
        away.tellHealth(HealthState.HEALTH_STATE_STALE, "the probe failed");
        String other = UUID.randomUUID().toString();
        BundleLook waiting = away.deliverPhotos(id, 1);
        away.tell(waiting);
        Map<String, Object> row = Ingested.await("the reason")
                .until(() -> away.row(id), found -> String.valueOf(found.get("reason"))
                        .contains("the probe failed"));
        assertThat(row).containsEntry("verdict", "unreadable").containsEntry("state", "waiting");
        assertThat(there.awaitJudged(told(there, there.deliverPhotos(other, 1))))
                .containsEntry("verdict", "consumable");
        assertThat(HandoverMount.ledger(id)).isEmpty();
        assertThat(SluiceInfra.database()
                        .number("SELECT COUNT(*) FROM dead_letter WHERE origin = 'sluice.scanner.sentinel.v1'"))
                .isZero();

        away.tellHealth(HealthState.HEALTH_STATE_ONLINE, "");
        assertThat(away.awaitJudged(waiting)).containsEntry("verdict", "consumable");
        assertThat(HandoverMount.ledger(id)).containsExactly("scan");
    }

    @Test
    void aSuccessorSupersedesWhetherItComesBeforeOrAfter() {
        HandoverMount mount = HandoverMount.online("successor");
        String next = UUID.randomUUID().toString();
        String late = UUID.randomUUID().toString();
        mount.awaitJudged(told(mount, mount.deliverPhotos(id, 1)));
        BundleLook second = mount.deliver(next, mount.photos(next, 1).with("prior_sync_id", "\"" + id + "\""));
        mount.awaitJudged(told(mount, second));
        assertThat(mount.row(id)).containsEntry("state", "superseded").containsEntry("superseded_by", next);

        BundleLook third = mount.deliver(
                UUID.randomUUID().toString(), mount.photos(next, 1).with("prior_sync_id", "\"" + late + "\""));
        mount.awaitJudged(told(mount, third));
        assertThat(mount.awaitJudged(told(mount, mount.deliverPhotos(late, 1))))
                .containsEntry("verdict", "consumable")
                .containsEntry("state", "discovered");
        String fourthId = UUID.randomUUID().toString();
        String latest = UUID.randomUUID().toString();
        mount.awaitJudged(told(
                mount, mount.deliver(fourthId, mount.photos(fourthId, 1).with("prior_sync_id", "\"" + latest + "\""))));
        assertThat(mount.awaitJudged(told(mount, mount.deliverPhotos(latest, 1))))
                .containsEntry("state", "superseded")
                .containsEntry("superseded_by", fourthId);
    }

    @Test
    void anImportedBatchIsNotJudgedAgainAndOneBeingImportedIsLeftAlone() {
        HandoverMount mount = HandoverMount.online("imported");
        mount.awaitJudged(told(mount, mount.deliverPhotos(id, 1)));
        SluiceInfra.database().execute("UPDATE ingest_batch SET state = 'importing' WHERE sync_id = ?", id);
        BundleLook changed = mount.deliver(id, mount.photos(id, 1).with("verification", "{}"));
        mount.tell(changed);
        Ingested.await("the look")
                .until(() -> mount.row(id).get("look_sequence").equals(changed.getSequence()));
        mount.settle();
        assertThat(mount.row(id)).containsEntry("verdict", "consumable").containsEntry("state", "importing");
        assertThat(HandoverMount.ledger(id)).containsExactly("scan");

        SluiceInfra.database().execute("UPDATE ingest_batch SET state = 'imported' WHERE sync_id = ?", id);
        assertThat(mount.awaitJudged(changed))
                .containsEntry("verdict", "consumable")
                .containsEntry("state", "imported");
        assertThat(HandoverMount.ledger(id)).containsExactly("scan", "scan");
    }

    private static BundleLook told(HandoverMount mount, BundleLook look) {
        mount.tell(look);
        return look;
    }
}
