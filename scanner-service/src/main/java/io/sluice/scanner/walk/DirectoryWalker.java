package io.sluice.scanner.walk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jboss.logging.Logger;

/**
 * Walks a tree, directory by directory. Links are neither followed nor told, hidden and excluded directories are not
 * entered. What cannot be read is counted and doubted, and the walk goes on. Holds in memory the directories still to be
 * read, never files.
 */
public final class DirectoryWalker {

    private static final Logger LOG = Logger.getLogger(DirectoryWalker.class);

    private final RawPath root;
    private final WalkRules rules;
    private final WalkVisitor visitor;
    private final Stats stats;
    private final Deque<SeenDirectory> waiting = new ArrayDeque<>();
    private final Doubts doubts = new Doubts();
    private long files;
    private long directories;
    private long unreadable;

    private DirectoryWalker(RawPath root, WalkRules rules, WalkVisitor visitor, Stats stats) {
        this.root = root;
        this.rules = rules;
        this.visitor = visitor;
        this.stats = stats;
    }

    /** @param root absolute, no link itself */
    public static WalkResult walk(RawPath root, WalkRules rules, WalkVisitor visitor, Stats stats) {
        return new DirectoryWalker(root, rules, visitor, stats).walk();
    }

    private WalkResult walk() {
        try {
            waiting.push(
                    new SeenDirectory(RawPath.EMPTY, stats.of(root.toPath()).stat()));
        } catch (IOException failure) {
            doubt(RawPath.EMPTY, failure);
        }
        while (!waiting.isEmpty() && !visitor.stopped()) {
            read(waiting.pop());
        }
        return new WalkResult(!visitor.stopped(), files, directories, unreadable, doubts);
    }

    private void read(SeenDirectory directory) {
        visitor.enter(directory);
        try (DirectoryStream<Path> entries =
                Files.newDirectoryStream(directory.path().under(root))) {
            for (Path entry : entries) {
                if (visitor.stopped()) {
                    return;
                }
                look(directory, entry);
            }
            directories++;
            visitor.leave(directory);
        } catch (IOException failure) {
            doubt(directory.path(), failure);
        } catch (DirectoryIteratorException failure) {
            doubt(directory.path(), failure);
        }
    }

    private void look(SeenDirectory directory, Path entry) {
        RawPath name = RawPath.nameOf(entry);
        if (WalkRules.hidden(name)) {
            return;
        }
        RawPath path = directory.path().child(name);
        try {
            Stats.Entry found = stats.of(entry);
            if (found.directory() && !rules.excluded().contain(path)) {
                waiting.push(new SeenDirectory(path, found.stat()));
            } else if (found.file() && rules.media(name)) {
                files++;
                visitor.see(new SeenFile(path, found.stat()));
            }
        } catch (IOException failure) {
            doubt(path, failure);
        }
    }

    private void doubt(RawPath place, Exception failure) {
        unreadable++;
        doubts.add(place);
        LOG.debugf("Cannot look at path=%s: %s", place, failure);
    }
}
