package io.sluice.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

/** An id says where to go on, on any gateway; what is none says nothing, and harms nobody. */
class PositionTest {

    private static final int RANDOM_TEXTS = 20_000;
    private static final String LETTERS = "lahg.-0123456789abcdefxyz \t%\"\u00e4\u20ac";

    private final long seed = Long.getLong("sluice.test.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void itsTextIsReadAsWhatItWas() {
        for (int i = 0; i < 1_000; i++) {
            Position position = some();
            String id = position.toString();
            assertThat(id).as("seed %d", seed).matches(Position.PATTERN).matches("[a-z0-9.-]+");
            assertThat(Position.parse(id)).as(id).hasValue(position);
        }
    }

    @Test
    void theTextStaysWhatItIsBecauseClientsKeepIt() {
        Position position =
                Position.of(LongStream.range(0, FollowedTopic.slots()).toArray(), "9f3a01bc");
        assertThat(position)
                .hasToString("l0.a1-2-3-4-5-6-7-8-9-10-11-12.h13-14-15-16-17-18-19-20-21-22-23-24.g9f3a01bc");
        assertThat(position.withLag("").toString()).endsWith("-24.g");
    }

    @Test
    void theLargestOffsetsFitIntoAHeader() {
        long[] most = LongStream.generate(() -> 999_999_999_999_999_999L)
                .limit(FollowedTopic.slots())
                .toArray();
        String id = Position.of(most, "ffffffff").toString();
        assertThat(id).hasSizeLessThan(1000).matches(Position.PATTERN);
        assertThat(Position.parse(id)).isPresent();
    }

    @Test
    void idsOfOtherReleasesAreNoPlacesHere() {
        assertThat(Position.parse("4711")).isEmpty();
        assertThat("4711").matches(Position.PATTERN);
        String id = some().toString();
        String fewer = id.replaceFirst("\\.h[^.]*", "");
        assertThat(fewer).matches(Position.PATTERN);
        assertThat(Position.parse(fewer)).isEmpty();
        String more = id.replaceFirst("\\.g", ".z1-2.g");
        assertThat(more).matches(Position.PATTERN);
        assertThat(Position.parse(more)).isEmpty();
    }

    @Test
    void anyTextIsAPlaceOrNone() {
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            String text = i % 2 == 0 ? randomText() : mutated(some().toString());
            Optional<Position> read = Position.parse(text);
            read.ifPresent(position -> {
                assertThat(Position.parse(position.toString()))
                        .as("%s, seed %d", text, seed)
                        .hasValue(position);
                assertThat(text).as("seed %d", seed).matches(Position.PATTERN);
            });
        }
    }

    private Position some() {
        return Position.of(
                random.longs(FollowedTopic.slots(), 0, 1L << random.nextInt(1, 59))
                        .toArray(),
                random.nextBoolean() ? "" : "%08x".formatted(random.nextInt()));
    }

    private String randomText() {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(200); length > 0; length--) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    private String mutated(String id) {
        StringBuilder text = new StringBuilder(id);
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(3)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
                default -> text.setCharAt(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return text.toString();
    }
}
