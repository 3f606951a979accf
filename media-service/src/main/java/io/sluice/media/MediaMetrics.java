package io.sluice.media;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.sluice.media.image.ImageDecoders;
import io.sluice.media.rendition.Lifecycle;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.rendition.StreamCounts;
import io.sluice.media.store.DirectoryRenditionStore;
import io.sluice.media.video.StreamMade;
import io.sluice.media.video.StreamPlan;

/** Every meter of media. */
@ApplicationScoped
public class MediaMetrics {

    private final MeterRegistry registry;
    private final Timer decode;
    private final Timer frame;
    private final MultiGauge videos;
    private final AtomicInteger streamsRunning = new AtomicInteger();

    MediaMetrics(MeterRegistry registry, ImageDecoders decoders, DirectoryRenditionStore store) {
        this.registry = registry;
        this.decode = Timer.builder("sluice.media.decode")
                .description("From asking a decoder to its answer, the wait for a free one included")
                .publishPercentileHistogram()
                .register(registry);
        this.frame = Timer.builder("sluice.media.video.frame")
                .description("From asking ffmpeg for one frame of a video to its file")
                .register(registry);
        this.videos = MultiGauge.builder("sluice.hls.videos")
                .description("Live videos by library and state of their stream, each content hash once")
                .register(registry);
        Gauge.builder("sluice.media.video.streams.running", streamsRunning, AtomicInteger::get)
                .description("Streams that this process is making")
                .register(registry);
        FunctionCounter.builder("sluice.media.decoder.deaths", decoders, ImageDecoders::deaths)
                .description("Decoders that died or were killed for taking too long")
                .register(registry);
        Gauge.builder("sluice.store.free.bytes", store, DirectoryRenditionStore::freeBytesOrUnknown)
                .description("Left on the rendition store's disk; NaN when it cannot be told")
                .baseUnit("bytes")
                .register(registry);
    }

    /** Times one decode. */
    public <T> T decode(Supplier<T> decoding) {
        return decode.record(decoding);
    }

    /** Times the taking of one frame of a video. */
    public <T> T frame(Supplier<T> taking) {
        return frame.record(taking);
    }

    /** Times the making of one stream, and counts those that are being made. */
    public StreamMade stream(StreamPlan plan, Supplier<StreamMade> making) {
        streamsRunning.incrementAndGet();
        try {
            return Timer.builder("sluice.media.video.stream")
                    .description("From the start of ffmpeg to the end of a stream")
                    .tag("plan", plan.label())
                    .register(registry)
                    .record(making);
        } finally {
            streamsRunning.decrementAndGet();
        }
    }

    /** Videos of a library by the state of their stream; replaces what was shown before. */
    public void streams(List<StreamCounts> counts) {
        videos.register(
                counts.stream()
                        .flatMap(one -> one.byState().entrySet().stream()
                                .map(state -> MultiGauge.Row.of(
                                        Tags.of("library", one.name(), "state", state.getKey()), state.getValue())))
                        .collect(Collectors.toList()),
                true);
    }

    /** A rendition that became ready, failed or unsupported. */
    public void ended(Rendition rendition) {
        registry.counter(
                        "sluice.media.renditions",
                        "rendition",
                        rendition.name(),
                        "outcome",
                        rendition.lifecycle().name().toLowerCase(Locale.ROOT),
                        "error_code",
                        rendition.errorCode())
                .increment();
        if (rendition.lifecycle() == Lifecycle.READY) {
            registry.counter("sluice.store.bytes.written", "rendition", rendition.name())
                    .increment(rendition.bytes());
        }
    }
}
