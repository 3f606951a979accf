package io.sluice.media.image;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The operations of libvips that a picture's way needs. Everything that they give lives until the arena closes.
 *
 * <p>Enumerations are libvips's own: {@code VipsSize}, {@code VipsFailOn}, {@code VipsInterpretation},
 * {@code VipsBandFormat}.
 */
final class Vips {

    private static final int SIZE_DOWN = 2;
    /** Random damage inside a JPEG is only a warning to libjpeg. */
    private static final int FAIL_ON_WARNING = 3;

    private static final int INTERPRETATION_SRGB = 22;
    private static final int FORMAT_UCHAR = 0;
    private static final int YES = 1;

    private final VipsLibrary vips;

    private Vips(VipsLibrary vips) {
        this.vips = vips;
    }

    /**
     * Loads and starts libvips, closed to loaders it holds unsafe, on one thread, without a cache: then the same input
     * gives the same bytes, and memory goes back.
     *
     * @throws IllegalArgumentException when there is no such library, or it is too old
     */
    static Vips start(String library) {
        VipsLibrary vips = VipsLibrary.load(library);
        try (Arena arena = Arena.ofConfined()) {
            // Thousands of lines on stderr for one damaged picture tell nobody anything.
            vips.number("g_setenv", arena.allocateFrom("VIPS_WARNING"), arena.allocateFrom("0"), YES);
            if (vips.number("vips_init", arena.allocateFrom("sluice")) != 0) {
                throw new IllegalArgumentException("libvips did not start");
            }
        }
        vips.run("vips_block_untrusted_set", YES);
        vips.run("vips_concurrency_set", 1);
        vips.run("vips_cache_set_max", 0);
        return new Vips(vips);
    }

    String version() {
        return VipsLibrary.text(vips.pointer("vips_version_string"));
    }

    /** Opens a file for reading; the path is taken as it is, brackets and all. */
    MemorySegment source(byte[] path, Arena arena) {
        return owned(vips.pointer("vips_source_new_from_file", text(path, arena)), arena);
    }

    /** The class of the loader that knows the content, also of a blocked one; empty when none does. */
    String loader(byte[] path, Arena arena) {
        String loader = VipsLibrary.text(vips.pointer("vips_foreign_find_load", text(path, arena)));
        vips.run("vips_error_clear");
        return loader;
    }

    /** Reads the header only. */
    MemorySegment open(MemorySegment source, Arena arena) {
        return owned(vips.variadicPointer("vips_image_new_from_source", 2, source, arena.allocateFrom("")), arena);
    }

    int width(MemorySegment image) {
        return vips.number("vips_image_get_width", image);
    }

    int height(MemorySegment image) {
        return vips.number("vips_image_get_height", image);
    }

    int bands(MemorySegment image) {
        return vips.number("vips_image_get_bands", image);
    }

    /** Of one value of one band. */
    long bytesPerSample(MemorySegment image) {
        return vips.pointer("vips_format_sizeof", vips.number("vips_image_get_format", image))
                .address();
    }

    boolean hasAlpha(MemorySegment image) {
        return vips.number("vips_image_hasalpha", image) != 0;
    }

    /** Whether orientation swaps width and height. */
    boolean turnsOver(MemorySegment image) {
        return vips.number("vips_image_get_orientation_swap", image) != 0;
    }

    /** A header field of bytes, null when there is none; valid as long as the image. */
    @Nullable
    MemorySegment blob(MemorySegment image, String field, Arena arena) {
        MemorySegment name = arena.allocateFrom(field);
        if (vips.pointer("vips_image_get_typeof", image, name).address() == 0) {
            return null;
        }
        MemorySegment data = arena.allocate(ValueLayout.ADDRESS);
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        check(vips.number("vips_image_get_blob", image, name, data, size));
        return data.get(ValueLayout.ADDRESS, 0).reinterpret(size.get(ValueLayout.JAVA_LONG, 0));
    }

    /** Reads the picture upright, no larger than the box, in one pass. It can be read once only. */
    MemorySegment shrinkOnLoad(MemorySegment source, int box, boolean toSrgb, Arena arena) {
        List<Object> options = options(
                arena,
                "height",
                box,
                "size",
                SIZE_DOWN,
                "fail_on",
                FAIL_ON_WARNING,
                // 8.14 forgets fail_on on its way to the loader of a source.
                "option_string",
                arena.allocateFrom("[fail_on=warning]"));
        if (toSrgb) {
            options.addAll(options(arena, "export_profile", arena.allocateFrom("srgb")));
        }
        return made(
                arena, out -> vips.variadicNumber("vips_thumbnail_source", 3, arguments(options, source, out, box)));
    }

    /** No larger than the box. */
    MemorySegment shrink(MemorySegment image, int box, Arena arena) {
        List<Object> options = options(arena, "height", box, "size", SIZE_DOWN);
        return made(arena, out -> vips.variadicNumber("vips_thumbnail_image", 3, arguments(options, image, out, box)));
    }

    /** Decodes; the result can be read again. */
    MemorySegment inMemory(MemorySegment image, Arena arena) {
        return owned(vips.pointer("vips_image_copy_memory", image), arena);
    }

    /** The first three bands of what has colours in more. */
    MemorySegment firstThree(MemorySegment image, Arena arena) {
        List<Object> options = options(arena, "n", 3);
        return made(arena, out -> vips.variadicNumber("vips_extract_band", 3, arguments(options, image, out, 0)));
    }

    /** Eight bits a band, in the colours of a screen. */
    MemorySegment asSrgb(MemorySegment image, Arena arena) {
        MemorySegment coloured =
                made(arena, out -> vips.variadicNumber("vips_colourspace", 3, image, out, INTERPRETATION_SRGB));
        return made(arena, out -> vips.variadicNumber("vips_cast", 3, coloured, out, FORMAT_UCHAR));
    }

    /** The pixels, line by line, bands together. */
    MemorySegment pixels(MemorySegment image, Arena arena) {
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        MemorySegment data = vips.pointer("vips_image_write_to_memory", image, size);
        if (data.equals(MemorySegment.NULL)) {
            throw failure();
        }
        return data.reinterpret(size.get(ValueLayout.JAVA_LONG, 0), arena, this::free);
    }

    /** An sRGB image over pixels that must outlive it; it knows nothing but them. */
    MemorySegment over(Pixels pixels, Arena arena) {
        MemorySegment bare = owned(
                vips.pointer(
                        "vips_image_new_from_memory",
                        pixels.data(),
                        pixels.data().byteSize(),
                        pixels.width(),
                        pixels.height(),
                        pixels.bands(),
                        FORMAT_UCHAR),
                arena);
        List<Object> options = options(arena, "interpretation", INTERPRETATION_SRGB);
        return made(arena, out -> vips.variadicNumber("vips_copy", 2, arguments(options, bare, out)));
    }

    /** Puts a transparent picture on white. */
    MemorySegment onWhite(MemorySegment image, Arena arena) {
        MemorySegment white = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, 255, 255, 255);
        MemorySegment background = vips.pointer("vips_array_double_new", white, 3);
        try {
            List<Object> options = options(arena, "background", background);
            return made(arena, out -> vips.variadicNumber("vips_flatten", 2, arguments(options, image, out)));
        } finally {
            vips.run("vips_area_unref", background);
        }
    }

    byte[] jpeg(MemorySegment image, int quality, Arena arena) {
        return saved("vips_jpegsave_buffer", image, arena, "Q", quality, "strip", YES, "optimize_coding", YES);
    }

    byte[] webp(MemorySegment image, int quality, Arena arena) {
        return saved("vips_webpsave_buffer", image, arena, "Q", quality, "strip", YES);
    }

    private byte[] saved(String function, MemorySegment image, Arena arena, Object... namesAndValues) {
        MemorySegment buffer = arena.allocate(ValueLayout.ADDRESS);
        MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
        check(vips.variadicNumber(function, 3, arguments(options(arena, namesAndValues), image, buffer, size)));
        MemorySegment data = buffer.get(ValueLayout.ADDRESS, 0);
        try {
            return data.reinterpret(size.get(ValueLayout.JAVA_LONG, 0)).toArray(ValueLayout.JAVA_BYTE);
        } finally {
            free(data);
        }
    }

    private interface Operation {
        int into(MemorySegment out);
    }

    private MemorySegment made(Arena arena, Operation operation) {
        MemorySegment out = arena.allocate(ValueLayout.ADDRESS);
        check(operation.into(out));
        return owned(out.get(ValueLayout.ADDRESS, 0), arena);
    }

    private MemorySegment owned(MemorySegment object, Arena arena) {
        if (object.equals(MemorySegment.NULL)) {
            throw failure();
        }
        return object.reinterpret(arena, pointer -> vips.run("g_object_unref", pointer));
    }

    private void free(MemorySegment data) {
        vips.run("g_free", data);
    }

    private void check(int result) {
        if (result != 0) {
            throw failure();
        }
    }

    private VipsException failure() {
        String said = VipsLibrary.text(vips.pointer("vips_error_buffer"));
        vips.run("vips_error_clear");
        return new VipsException(said.strip().replaceAll("\\s+", " "));
    }

    private static MemorySegment text(byte[] path, Arena arena) {
        MemorySegment text = arena.allocate(path.length + 1L);
        MemorySegment.copy(path, 0, text, ValueLayout.JAVA_BYTE, 0, path.length);
        return text;
    }

    private static List<Object> options(Arena arena, Object... namesAndValues) {
        List<Object> options = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.add(arena.allocateFrom((String) namesAndValues[i]));
            options.add(namesAndValues[i + 1]);
        }
        return options;
    }

    private static Object[] arguments(List<Object> options, Object... fixed) {
        List<Object> arguments = new ArrayList<>(Arrays.asList(fixed));
        arguments.addAll(options);
        return arguments.toArray();
    }
}
