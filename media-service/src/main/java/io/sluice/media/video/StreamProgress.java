package io.sluice.media.video;

/** How far ffmpeg says it is; written by one thread, read by another. */
final class StreamProgress {

    private static final String TIME = "out_time_us=";

    private volatile long micros;

    /** One line of {@code -progress}. */
    void read(String line) {
        if (line.startsWith(TIME)) {
            try {
                micros = Math.max(micros, Long.parseLong(line.substring(TIME.length())));
            } catch (NumberFormatException e) {
                // N/A until there is a first picture.
            }
        }
    }

    long millis() {
        return micros / 1000;
    }

    /** At most 999: whole is what was checked. */
    int permille(long durationMs) {
        return durationMs <= 0 ? 0 : (int) Math.min(999, millis() * 1000 / durationMs);
    }
}
