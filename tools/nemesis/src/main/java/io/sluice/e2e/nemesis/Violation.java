package io.sluice.e2e.nemesis;

/**
 * Something that must not be.
 *
 * @param check which rule it breaks
 * @param text what was found
 */
public record Violation(String check, String text) {}
