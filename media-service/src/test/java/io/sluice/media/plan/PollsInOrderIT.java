package io.sluice.media.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.media.Awaits;
import io.sluice.media.MediaFolders;
import io.sluice.media.ToldAssets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.testsupport.SluiceInfra;

/**
 * A channel takes one poll at a time: what comes behind one that waits stays with the broker, in its order, and not in memory. Held by
 * the limit of the threads that channels run on, whose usual value is 1,024 polls at once.
 */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class PollsInOrderIT {

    /** Below the lock's time-out of 3 s: the waiting poll is not replayed meanwhile. */
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(2);

    @Test
    void thePollBehindOneThatWaitsWaits() throws Exception {
        Path file = new TestPictures(MediaFolders.library()).jpeg("order.jpg", TestPictures.photograph(60, 40, 5));
        ContentHash held = ToldAssets.newHash();
        ContentHash behind = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(held, file, 1));
        Awaits.until(() -> version(held) == 1);
        try (Handle other = SluiceInfra.database().jdbi().open()) {
            other.begin();
            other.createQuery("SELECT version FROM asset WHERE content_hash = :hash FOR UPDATE")
                    .bind("hash", held.bytes())
                    .mapTo(Long.class)
                    .one();
            ToldAssets.tell(ToldAssets.image(held, file, 2));
            Awaits.until(() -> SluiceInfra.database()
                            .number("SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'")
                    > 0);
            ToldAssets.tell(ToldAssets.image(behind, file, 1));
            // That something does not happen is seen only by waiting.
            Thread.sleep(LONG_ENOUGH);
            assertThat(version(behind))
                    .as("taken while the poll before it waits")
                    .isZero();
            other.rollback();
        }
        Awaits.until(() -> version(held) == 2 && version(behind) == 1);
    }

    private static long version(ContentHash hash) {
        return SluiceInfra.database()
                .number("SELECT COALESCE(MAX(version), 0) FROM asset WHERE content_hash = UNHEX(?)", hash.hex());
    }
}
