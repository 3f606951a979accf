package io.sluice.media.work;

import java.time.Duration;

import org.jboss.logging.Logger;

import io.sluice.media.asset.ContentHash;
import io.sluice.media.rendition.RunningStream;
import io.sluice.media.rendition.RunningStreams;
import io.sluice.media.video.StreamWatcher;
import io.sluice.messaging.work.ClaimedWork;

/** Writes how far a stream is for those who wait for it, its first segment at once and the rest every 2 s. */
final class TellProgress implements StreamWatcher {

    private static final Logger LOG = Logger.getLogger(TellProgress.class);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final RunningStreams running;
    private final ContentHash hash;
    private final ClaimedWork work;
    private final int profileVersion;
    private final String folder;
    private boolean playable;
    private int told;
    private int permille;
    private long lastTold;

    TellProgress(RunningStreams running, VideoTarget target, ClaimedWork work, String folder) {
        this.running = running;
        this.hash = target.hash();
        this.work = work;
        this.profileVersion = target.profileVersion();
        this.folder = folder;
    }

    @Override
    public void firstSegment() {
        playable = true;
        tell();
    }

    @Override
    public void progress(int now) {
        permille = now;
        if (playable && permille != told && System.nanoTime() - lastTold >= PAUSE.toNanos()) {
            tell();
        }
    }

    /** A database that is away is no reason to end a transcode. */
    private void tell() {
        lastTold = System.nanoTime();
        told = permille;
        try {
            running.tell(hash, work.key(), work.leaseToken(), new RunningStream(profileVersion, folder, permille));
        } catch (RuntimeException e) {
            LOG.warnf("How far a stream is was not told: content_hash=%s %s", hash, e.getMessage());
        }
    }
}
