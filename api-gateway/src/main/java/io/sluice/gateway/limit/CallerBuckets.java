package io.sluice.gateway.limit;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A token bucket for each caller: full at first, it fills at a steady rate and never above its burst. Safe for all threads. */
final class CallerBuckets {

    /** Some megabytes; the caller that was quiet longest is forgotten first, and starts with a full bucket when it is back. */
    private static final int CALLERS = 20_000;

    private static final double NANOS = 1_000_000_000d;

    private final double perSecond;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private record Bucket(double tokens, long at) {}

    /** @param nanoTime a clock that only goes forward, in nanoseconds */
    CallerBuckets(double perSecond, double burst, LongSupplier nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /** Takes one for this caller; 0 when there was one, else in how many whole seconds there will be, at least 1. */
    synchronized int take(String caller) {
        long now = nanoTime.getAsLong();
        Bucket before = buckets.get(caller);
        double tokens =
                before == null ? burst : Math.min(burst, before.tokens() + (now - before.at()) / NANOS * perSecond);
        boolean there = tokens >= 1;
        buckets.put(caller, new Bucket(there ? tokens - 1 : tokens, now));
        forgetTheQuietest();
        return there ? 0 : Math.max(1, (int) Math.ceil((1 - tokens) / perSecond));
    }

    private void forgetTheQuietest() {
        if (buckets.size() > CALLERS) {
            Iterator<String> quietest = buckets.keySet().iterator();
            quietest.next();
            quietest.remove();
        }
    }
}
