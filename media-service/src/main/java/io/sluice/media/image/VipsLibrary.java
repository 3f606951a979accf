package io.sluice.media.image;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The C functions of libvips, called by name. Arguments are {@code Integer} for int and gboolean, {@code MemorySegment}
 * for pointers; sizes are written through pointers. One thread only.
 */
final class VipsLibrary {

    private record Shape(
            String function, int fixed, @Nullable MemoryLayout result, MemoryLayout[] arguments) {

        String key() {
            return function + fixed + Arrays.toString(arguments);
        }
    }

    private static final long LONGEST_TEXT = 1 << 16;

    private final SymbolLookup symbols;
    private final Map<String, MethodHandle> handles = new HashMap<>();

    private VipsLibrary(SymbolLookup symbols) {
        this.symbols = symbols;
    }

    /**
     * Loads the library and what it stands on.
     *
     * @param name a file name that the dynamic linker finds, {@code libvips.so.42}, or a path
     * @throws IllegalArgumentException when it is not there or is none
     */
    static VipsLibrary load(String name) {
        Arena forever = Arena.global();
        SymbolLookup symbols = SymbolLookup.libraryLookup(name, forever)
                .or(optional("libgobject-2.0.so.0", forever))
                .or(optional("libglib-2.0.so.0", forever));
        return new VipsLibrary(symbols);
    }

    /** A build of libvips that holds glib inside needs none beside it. */
    private static SymbolLookup optional(String name, Arena arena) {
        try {
            return SymbolLookup.libraryLookup(name, arena);
        } catch (IllegalArgumentException e) {
            return symbol -> java.util.Optional.empty();
        }
    }

    int number(String function, Object... arguments) {
        return (int) invoke(new Shape(function, 0, ValueLayout.JAVA_INT, layouts(arguments)), arguments);
    }

    /** As {@link #number}, for {@code f(fixed..., ...)}; the closing null is added. */
    int variadicNumber(String function, int fixed, Object... arguments) {
        Object[] closed = closed(arguments);
        return (int) invoke(new Shape(function, fixed, ValueLayout.JAVA_INT, layouts(closed)), closed);
    }

    MemorySegment pointer(String function, Object... arguments) {
        return (MemorySegment) invoke(new Shape(function, 0, ValueLayout.ADDRESS, layouts(arguments)), arguments);
    }

    /** As {@link #pointer}, for {@code f(fixed..., ...)}; the closing null is added. */
    MemorySegment variadicPointer(String function, int fixed, Object... arguments) {
        Object[] closed = closed(arguments);
        return (MemorySegment) invoke(new Shape(function, fixed, ValueLayout.ADDRESS, layouts(closed)), closed);
    }

    void run(String function, Object... arguments) {
        invoke(new Shape(function, 0, null, layouts(arguments)), arguments);
    }

    /** The zero-terminated text at the pointer; empty for null. */
    static String text(MemorySegment pointer) {
        if (pointer.equals(MemorySegment.NULL)) {
            return "";
        }
        byte[] bytes = new byte[256];
        MemorySegment readable = pointer.reinterpret(LONGEST_TEXT);
        int length = 0;
        for (byte b = readable.get(ValueLayout.JAVA_BYTE, 0); b != 0 && length < LONGEST_TEXT - 1; ) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = b;
            b = readable.get(ValueLayout.JAVA_BYTE, length);
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static Object[] closed(Object[] arguments) {
        Object[] closed = Arrays.copyOf(arguments, arguments.length + 1);
        closed[arguments.length] = MemorySegment.NULL;
        return closed;
    }

    private static MemoryLayout[] layouts(Object[] arguments) {
        MemoryLayout[] layouts = new MemoryLayout[arguments.length];
        for (int i = 0; i < layouts.length; i++) {
            layouts[i] = switch (arguments[i]) {
                case Integer _ -> ValueLayout.JAVA_INT;
                case Long _ -> ValueLayout.JAVA_LONG;
                case MemorySegment _ -> ValueLayout.ADDRESS;
                default -> throw new IllegalArgumentException("No C type for " + arguments[i]);
            };
        }
        return layouts;
    }

    private Object invoke(Shape shape, Object[] arguments) {
        MethodHandle handle = handles.computeIfAbsent(shape.key(), key -> link(shape));
        try {
            return handle.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(shape.function(), e);
        }
    }

    private MethodHandle link(Shape shape) {
        MemorySegment address = symbols.find(shape.function())
                .orElseThrow(() -> new IllegalArgumentException("libvips has no function " + shape.function()));
        FunctionDescriptor descriptor = shape.result() == null
                ? FunctionDescriptor.ofVoid(shape.arguments())
                : FunctionDescriptor.of(shape.result(), shape.arguments());
        return shape.fixed() == 0
                ? Linker.nativeLinker().downcallHandle(address, descriptor)
                : Linker.nativeLinker()
                        .downcallHandle(address, descriptor, Linker.Option.firstVariadicArg(shape.fixed()));
    }
}
