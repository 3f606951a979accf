package io.sluice.scanner.walk;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/**
 * Runs code in a thread whose file accesses are those of user nobody, also when the tests run as root, whom no
 * permission stops: {@code setfsuid(2)} is the kernel's own way to do that, thread by thread.
 */
public final class AsNobody {

    private static final int NOBODY = 65534;
    private static final MethodHandle SETFSUID = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().find("setfsuid").orElseThrow(),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT));

    private AsNobody() {}

    public static <T> T call(Callable<T> code) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            become(NOBODY);
            return code.call();
        });
        Thread.ofPlatform().start(task);
        return task.get();
    }

    private static void become(int user) {
        try {
            int before = (int) SETFSUID.invokeExact(user);
            if (before == 0 && (int) SETFSUID.invokeExact(user) != user) {
                throw new IllegalStateException("setfsuid did nothing");
            }
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
