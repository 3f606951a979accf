package io.sluice.media.image;

import java.time.Duration;
import java.util.OptionalInt;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How pictures are decoded. */
@ConfigMapping(prefix = "sluice.image")
public interface ImageConfig {

    /** Child processes at once, and with that pictures at once; one CPU less than there are, but at least one. */
    OptionalInt workers();

    /** Width × height. Twice what medium-format cameras give; a bomb has thousands of millions. */
    @WithDefault("200000000")
    long maxPixels();

    /** A good picture of 200 megapixels takes 3 to 10 s on a slow core. */
    @WithDefault("30s")
    Duration timeLimit();

    /** For the child's Java part, which holds no pixels. */
    @WithDefault("64")
    int heapMegabytes();

    /** For all private memory of a child: libvips holds whole pictures only for interlaced and progressive ones. */
    @WithDefault("1024")
    int memoryMegabytes();

    /** A child is replaced after so many pictures, against slow leaks in codecs; a start costs 0.2 s. */
    @WithDefault("500")
    int picturesPerChild();

    /** A file name that the dynamic linker finds, or a path. */
    @WithDefault("libvips.so.42")
    String vipsLibrary();
}
