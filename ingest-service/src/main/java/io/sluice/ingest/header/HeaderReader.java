package io.sluice.ingest.header;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;
import io.sluice.messaging.child.ChildPool;

/** Reads headers in bounded child processes, many files a question; one that ends its child is found and left unread. */
@ApplicationScoped
public class HeaderReader {

    private static final Logger LOG = Logger.getLogger(HeaderReader.class);

    private final ChildPool children;
    private final Duration timeLimit;

    HeaderReader(HeaderConfig config) {
        this.timeLimit = config.timeLimit();
        this.children = new ChildPool(new ChildPool.Settings(
                "header",
                HeaderReaderMain.class,
                // Protobuf's use of Unsafe is known; a warning of it would be the child's last words.
                List.of(
                        "-Xmx" + config.heapMegabytes() + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "--sun-misc-unsafe-memory-access=allow"),
                config.children(),
                0,
                config.questionsPerChild()));
    }

    /**
     * Reads the headers of these files; one answer a file, in their order. A file that kills its child, or holds it too
     * long, has an empty header with the reason.
     *
     * @param zone what a local time without an offset is taken for
     * @throws CodedException only when no child can be had at all ({@code INTERRUPTED}, {@code SERVICE_UNAVAILABLE})
     */
    public List<FileHeader> read(List<URI> files, ZoneId zone) {
        if (files.isEmpty()) {
            return List.of();
        }
        try {
            return ask(new HeaderQuestion(zone, false, files), timeLimit.multipliedBy(files.size() > 1 ? 3 : 1));
        } catch (CodedException e) {
            if (e.code() != ErrorCode.CHILD_DIED && e.code() != ErrorCode.CHILD_TIMED_OUT) {
                throw e;
            }
            return files.size() == 1 ? List.of(unread(files.getFirst(), zone, e)) : oneByOne(files, zone);
        }
    }

    private List<FileHeader> oneByOne(List<URI> files, ZoneId zone) {
        List<FileHeader> headers = new ArrayList<>(files.size());
        for (URI file : files) {
            headers.addAll(read(List.of(file), zone));
        }
        return headers;
    }

    private List<FileHeader> ask(HeaderQuestion question, Duration limit) {
        List<FileHeader> headers =
                HeaderAnswer.decoded(children.call(question.encoded(), limit)).headers();
        int files = question.files().size();
        if (headers.size() != files) {
            throw new CodedException(
                    ErrorCode.CHILD_DIED, headers.size() + " answers to a question about " + files + " files");
        }
        return headers;
    }

    private FileHeader unread(URI file, ZoneId zone, CodedException cause) {
        LOG.warnf(
                "The header is left unread: path=%s error_code=%s %s",
                file, cause.code().code(), cause.getMessage());
        String reason = cause.code().code() + ": " + cause.getMessage();
        try {
            FileHeader type = ask(new HeaderQuestion(zone, true, List.of(file)), timeLimit)
                    .getFirst();
            return new FileHeader(type.mediaType(), type.metadata(), null, reason);
        } catch (CodedException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            return FileHeader.unread(reason);
        }
    }

    @PreDestroy
    void close() {
        children.close();
    }
}
