package io.sluice.media.asset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import jakarta.inject.Inject;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.contract.ingest.v1.AssetLifecycle;
import io.sluice.contract.ingest.v1.MediaKind;
import io.sluice.media.MediaFolders;
import io.sluice.media.ToldAssets;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.SluiceInfra;

/** Law 1, two pods doing the same: what was overtaken between its question and its answer is no news. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class OvertakenAssetIT {

    @Inject
    Transactions transactions;

    @Inject
    Assets assets;

    @Test
    void aVersionThatANewerOneOvertookIsNotPlanned() {
        ContentHash hash = ToldAssets.newHash();
        Asset older = asset(hash, 1);
        Asset newer = asset(hash, 2);
        List<Asset> news = transactions.call(tx -> {
            afterFirstStatement(
                    tx,
                    () -> transactions.run(other ->
                            assertThat(assets.learn(other, List.of(newer))).containsExactly(newer)));
            return assets.learn(tx, List.of(older));
        });
        assertThat(news).as("planned by what is no longer so").isEmpty();
        Optional<Asset> stored = transactions.read(handle -> assets.find(handle, hash));
        assertThat(stored).contains(newer);
    }

    @Test
    void ofTwoVersionsInOneBatchTheNewerIsNews() {
        ContentHash hash = ToldAssets.newHash();
        Asset newer = asset(hash, 2);
        List<Asset> news = transactions.call(tx -> assets.learn(tx, List.of(newer, asset(hash, 1))));
        assertThat(news).containsExactly(newer);
    }

    /** Lets another do something between the question for what is known and the answer to it. */
    private static void afterFirstStatement(Handle tx, Runnable other) {
        AtomicBoolean done = new AtomicBoolean();
        tx.getConfig(SqlStatements.class).setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                if (!done.getAndSet(true)) {
                    other.run();
                }
            }
        });
    }

    private static Asset asset(ContentHash hash, long version) {
        return new Asset(
                hash,
                version,
                AssetLifecycle.ASSET_LIFECYCLE_LIVE,
                MediaKind.MEDIA_KIND_IMAGE,
                100 + version,
                List.of(),
                List.of());
    }
}
