package io.sluice.gateway.stream;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.sluice.gateway.pipeline.lag.LagEventRepresentation;
import io.sluice.gateway.pipeline.lag.LagStates;

/**
 * Looks at what this gateway has measured and hands it to the tail. On its own, so that a broker that is away, or a
 * measurement that does not come, is told as well.
 */
@ApplicationScoped
class TellLag {

    private static final Logger LOG = Logger.getLogger(TellLag.class);
    /** Short beside the five seconds between two measurements. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final LagStates lag;
    private final EventTail tail;
    private final ObjectMapper json;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread thread;

    TellLag(LagStates lag, EventTail tail, ObjectMapper json) {
        this.lag = lag;
        this.tail = tail;
        this.json = json;
    }

    void start(@Observes StartupEvent started) {
        thread = Thread.ofPlatform().daemon().name("lag-events").start(this::look);
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping.countDown();
        if (thread != null) {
            thread.join(Duration.ofSeconds(1));
        }
    }

    private void look() {
        try {
            do {
                lag.now().ifPresent(this::show);
            } while (!stopping.await(BETWEEN_LOOKS.toMillis(), MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(LagEventRepresentation now) {
        try {
            tail.show(new KnownLag(now.digest(), json.writeValueAsString(now)));
        } catch (JsonProcessingException | RuntimeException failure) {
            LOG.errorf(failure, "lag cannot be told");
        }
    }
}
