package io.sluice.media;

import java.util.Locale;
import java.util.function.Supplier;
import jakarta.enterprise.context.ApplicationScoped;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.media.image.ImageDecoders;
import io.sluice.media.rendition.Lifecycle;
import io.sluice.media.rendition.Rendition;
import io.sluice.media.store.DirectoryRenditionStore;

/** Every meter of media. */
@ApplicationScoped
public class MediaMetrics {

    private final MeterRegistry registry;
    private final Timer decode;

    MediaMetrics(MeterRegistry registry, ImageDecoders decoders, DirectoryRenditionStore store) {
        this.registry = registry;
        this.decode = Timer.builder("sluice.media.decode")
                .description("From asking a decoder to its answer, the wait for a free one included")
                .publishPercentileHistogram()
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
