package io.sluice.media.video;

/** Told while a stream is made, on the thread that makes it. An exception ends the making. */
public interface StreamWatcher {

    /** The playlist is there and names a segment; told once, before any end but a refusal. */
    void firstSegment();

    /** Thousandths of the duration that are made, growing; never told when the duration is unknown. */
    void progress(int permille);
}
