package io.sluice.localstack.demo;

/**
 * A picture or video of the demo library.
 *
 * @param path below the library's folder, for display
 * @param shows what it is there for
 * @param shown whether renditions of it can be made; if not, there must be a reason to read
 */
public record DemoFile(String path, String shows, boolean shown) {}
