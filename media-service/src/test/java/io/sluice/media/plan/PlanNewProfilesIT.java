package io.sluice.media.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import jakarta.inject.Inject;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sluice.media.Awaits;
import io.sluice.media.MediaFolders;
import io.sluice.media.ToldAssets;
import io.sluice.media.asset.ContentHash;
import io.sluice.media.image.TestPictures;
import io.sluice.messaging.lease.Duty;
import io.sluice.testsupport.SluiceInfra;

/** A release with another recipe makes it for all that is known already. */
@QuarkusTest
@WithTestResource(SluiceInfra.class)
@WithTestResource(MediaFolders.class)
class PlanNewProfilesIT {

    @Inject
    PlanNewProfiles duty;

    @Test
    void whatWasToldBeforeIsPlannedOnce() throws Exception {
        Path file = new TestPictures(MediaFolders.library()).jpeg("old.jpg", TestPictures.photograph(60, 40, 1));
        ContentHash hash = ToldAssets.newHash();
        ToldAssets.tell(ToldAssets.image(hash, file, 1));
        Awaits.until(() -> rows(hash) == 2);
        Awaits.until(() -> SluiceInfra.database().number("SELECT COUNT(*) FROM planned_profiles") == 1);

        forget(hash);
        duty.run(new Held());
        assertThat(rows(hash)).as("planned for these recipes already").isZero();

        SluiceInfra.database().execute("UPDATE planned_profiles SET labels = 'thumbnail@1'");
        duty.run(new Held());
        assertThat(rows(hash)).isEqualTo(2);
        assertThat(SluiceInfra.database().strings("SELECT labels FROM planned_profiles"))
                .containsExactly("hls@1,poster@1,preview_image@1,thumbnail@1");
    }

    private static void forget(ContentHash hash) {
        SluiceInfra.database().execute("DELETE FROM work WHERE work_key = ?", hash.hex());
        SluiceInfra.database().execute("DELETE FROM rendition WHERE content_hash = UNHEX(?)", hash.hex());
    }

    private static long rows(ContentHash hash) {
        return SluiceInfra.database()
                .number("SELECT COUNT(*) FROM rendition WHERE content_hash = UNHEX(?)", hash.hex());
    }

    /** The lease is this test's alone. */
    private record Held() implements Duty.Tenure {
        @Override
        public long token() {
            return 1;
        }

        @Override
        public boolean over() {
            return false;
        }

        @Override
        public void verify(Handle tx) {}
    }
}
