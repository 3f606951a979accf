package io.sluice.scanner.walk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which file systems keep birth times. Java does not tell (it answers with the modification time where there is none),
 * so the kernel is asked once a device: {@code statx(2)} returns a mask of what it filled in.
 */
final class BirthTimes {

    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int STATX_BTIME = 0x800;
    private static final int STATX_BYTES = 256;

    private static final Optional<MethodHandle> STATX = Linker.nativeLinker()
            .defaultLookup()
            .find("statx")
            .map(symbol -> Linker.nativeLinker()
                    .downcallHandle(
                            symbol, FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS)));

    private final Map<Long, Boolean> keptByDevice = new ConcurrentHashMap<>();

    /** @param path anything on that device */
    boolean keptOn(long device, Path path) {
        Boolean known = keptByDevice.get(device);
        return known != null ? known : keptByDevice.computeIfAbsent(device, asked -> ask(path));
    }

    private static boolean ask(Path path) {
        if (STATX.isEmpty()) {
            return false;
        }
        byte[] name = RawPath.of(path.toAbsolutePath()).bytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment cString = arena.allocate(name.length + 1L);
            MemorySegment.copy(name, 0, cString, JAVA_BYTE, 0, name.length);
            MemorySegment statx = arena.allocate(STATX_BYTES, 8);
            int failed = (int) STATX.get().invokeExact(AT_FDCWD, cString, AT_SYMLINK_NOFOLLOW, STATX_BTIME, statx);
            return failed == 0 && (statx.get(JAVA_INT, 0) & STATX_BTIME) != 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException("statx cannot be called", impossible);
        }
    }
}
