package io.sluice.search.index;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.apache.lucene.index.DirectoryReader;
import org.jspecify.annotations.Nullable;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/**
 * What searches see: the index as it was after a whole poll, never in the middle of one. While an index is opened again
 * after a failure the former sight stays, so that nobody sees what was deleted meanwhile.
 */
public final class ShownIndex {

    private @Nullable DirectoryReader shown;

    /** A question to one state of the index. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(DirectoryReader reader) throws IOException;
    }

    /**
     * Asks the newest state; it stays as it is until the question ends.
     *
     * @throws CodedException {@code SERVICE_UNAVAILABLE} while nothing is shown
     */
    public <T> T ask(Question<T> question) {
        DirectoryReader reader = take();
        if (reader == null) {
            throw new CodedException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "The index is still being made from its topics. Nothing is lost; try again in some seconds.");
        }
        try {
            return question.ask(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            release(reader);
        }
    }

    /** Whether searches are answered. */
    public synchronized boolean answers() {
        return shown != null;
    }

    synchronized void show(DirectoryReader newer) {
        if (newer != shown) {
            newer.incRef();
            hide();
            shown = newer;
        }
    }

    /** Nothing is answered from now on. */
    synchronized void hide() {
        if (shown != null) {
            release(shown);
            shown = null;
        }
    }

    private synchronized @Nullable DirectoryReader take() {
        if (shown != null) {
            shown.incRef();
        }
        return shown;
    }

    private static void release(DirectoryReader reader) {
        try {
            reader.decRef();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
