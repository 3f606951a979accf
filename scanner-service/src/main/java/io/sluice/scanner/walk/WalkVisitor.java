package io.sluice.scanner.walk;

/** Is told what a walk meets, in the walk's own thread. */
public interface WalkVisitor {

    /** A directory is read next; the files that follow are its own. */
    void enter(SeenDirectory directory);

    /** A media file of the directory entered last. */
    void see(SeenFile file);

    /** The directory entered last was read to its end. */
    void leave(SeenDirectory directory);

    /** Asked once an entry: whether to give up. */
    boolean stopped();
}
