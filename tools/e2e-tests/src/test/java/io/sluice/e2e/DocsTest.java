package io.sluice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What the docs name is there. */
class DocsTest {

    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT))`");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void testsThatTheTraceNamesExist() throws IOException {
        Set<String> tests;
        try (Stream<Path> sources = Files.find(
                PROJECT,
                14,
                (path, attributes) -> path.toString().contains("/src/test/java/")
                        && path.toString().endsWith(".java")
                        && !path.toString().contains("/node_modules/"))) {
            tests = sources.map(path -> path.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
        Set<String> named = new TreeSet<>();
        for (String doc : new String[] {"docs/requirements-trace.md", "docs/flow.md"}) {
            Matcher matcher = TEST_CLASS.matcher(Files.readString(PROJECT.resolve(doc)));
            while (matcher.find()) {
                named.add(matcher.group(1));
            }
        }
        assertThat(named).hasSizeGreaterThan(20).isSubsetOf(tests);
    }

    @Test
    void linksOfTheDocsLeadSomewhere() throws IOException {
        for (String doc : new String[] {"README.md", "docs/adr/README.md", "docs/performance.md", "docs/flow.md"}) {
            Path file = PROJECT.resolve(doc);
            Matcher matcher = LINK.matcher(Files.readString(file));
            while (matcher.find()) {
                assertThat(file.resolveSibling(matcher.group(1))).as(doc).exists();
            }
        }
    }
}
