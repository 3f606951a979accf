package io.sluice.e2e;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotatedFieldValues;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.io.TempDir;

/**
 * Of a test that failed, prints what its services last logged as errors: their logs go with the test's folder, and whoever reads of a failed
 * run has nothing else. Found by META-INF/services for every test of this module.
 */
public final class TellErrorsOfServices
        implements AfterTestExecutionCallback, LifecycleMethodExecutionExceptionHandler {

    private static final int ERRORS = 10;

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            tell(context);
        }
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        tell(context);
        throw failure;
    }

    private static void tell(ExtensionContext context) {
        Stream.concat(
                        findAnnotatedFieldValues(context.getRequiredTestClass(), TempDir.class, Path.class).stream(),
                        context.getTestInstance()
                                .map(test -> findAnnotatedFieldValues(test, TempDir.class, Path.class).stream())
                                .orElse(Stream.empty()))
                .flatMap(TellErrorsOfServices::logsUnder)
                .forEach(log -> System.out.printf(
                        "%s: %s, errors last logged:%n%s%n",
                        context.getDisplayName(), log, String.join("\n", lastErrors(log))));
    }

    private static Stream<Path> logsUnder(Path folder) {
        try (Stream<Path> files =
                Files.find(folder, 4, (file, about) -> file.toString().endsWith(".log"))) {
            return files.sorted().toList().stream()
                    .filter(log -> !lastErrors(log).isEmpty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The line of each, and the causes behind it. */
    static List<String> lastErrors(Path log) {
        Deque<String> errors = new ArrayDeque<>();
        boolean within = false;
        try (Stream<String> lines = Files.lines(log)) {
            for (String line : (Iterable<String>) lines::iterator) {
                boolean begins = line.startsWith("20");
                within = begins ? line.contains(" ERROR ") : within;
                if (within && begins) {
                    errors.add(line);
                } else if (within && line.startsWith("Caused by")) {
                    errors.add(errors.removeLast() + "\n" + line);
                }
                if (errors.size() > ERRORS) {
                    errors.removeFirst();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(errors);
    }
}
