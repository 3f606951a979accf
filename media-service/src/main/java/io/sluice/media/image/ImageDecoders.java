package io.sluice.media.image;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.sluice.contract.CodedException;
import io.sluice.messaging.child.ChildPool;

/** The child processes that decode pictures, as the service sees them. */
public final class ImageDecoders implements AutoCloseable {

    private final ImageSettings settings;
    private final ChildPool children;

    public ImageDecoders(ImageSettings settings) {
        this(settings, ImageChild.class);
    }

    /** With another program in the children, for tests of what happens when one dies. */
    ImageDecoders(ImageSettings settings, Class<?> program) {
        this.settings = settings;
        this.children = new ChildPool(new ChildPool.Settings(
                "image",
                program,
                List.of(
                        "-Xmx" + settings.heapMegabytes() + "m",
                        "-D" + ImageChild.LIBRARY + "=" + settings.vipsLibrary()),
                settings.workers(),
                settings.memoryMegabytes() * 1024L * 1024,
                settings.picturesPerChild()));
    }

    /**
     * Decodes the file once and makes every step of it, or none.
     *
     * @param box what every step starts from, in pixels; at least the largest step's
     * @throws CodedException when no answer came: {@code CHILD_DIED}, {@code CHILD_TIMED_OUT}, {@code INTERRUPTED}
     */
    public LadderAnswer make(Path source, int box, List<LadderStep> steps) {
        LadderRequest request = new LadderRequest(source, settings.maxPixels(), box, steps);
        return AnswerWire.read(children.call(request.toBytes(), settings.timeLimit()));
    }

    /**
     * The version of libvips that decodes.
     *
     * @throws CodedException {@code DECODER_MISSING} with the cure, or as in {@link #make}
     */
    public String version() {
        byte[] answer = children.call(ImageChild.WHICH_VERSION, settings.timeLimit());
        if (answer.length == 0) {
            throw ImageChild.missing(settings.vipsLibrary());
        }
        return new String(answer, StandardCharsets.UTF_8);
    }

    /** Children that died or were killed for taking too long, since the start. */
    public long deaths() {
        return children.deaths();
    }

    @Override
    public void close() {
        children.close();
    }
}
