package io.sluice.gateway.command;

/** A representation of one thing that changes: its answers carry an entity tag. */
public interface Tagged {

    /** What a command on it may ask for with If-Match; 0 for what no command depends on. */
    long version();
}
