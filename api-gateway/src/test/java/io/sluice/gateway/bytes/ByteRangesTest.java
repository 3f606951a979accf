package io.sluice.gateway.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.sluice.gateway.bytes.ByteRanges.Everything;
import io.sluice.gateway.bytes.ByteRanges.Part;
import io.sluice.gateway.bytes.ByteRanges.Parts;
import io.sluice.gateway.bytes.ByteRanges.Unsatisfiable;

class ByteRangesTest {

    @Test
    void readsTheFormsOfTheStandard() {
        assertThat(ByteRanges.parse("bytes=0-499", 10_000)).isEqualTo(parts(new Part(0, 499)));
        assertThat(ByteRanges.parse("bytes=9500-", 10_000)).isEqualTo(parts(new Part(9500, 9999)));
        assertThat(ByteRanges.parse("bytes=-500", 10_000)).isEqualTo(parts(new Part(9500, 9999)));
        assertThat(ByteRanges.parse("bytes=-20000", 10_000)).isEqualTo(parts(new Part(0, 9999)));
        assertThat(ByteRanges.parse("bytes=0-0,-1", 10_000)).isEqualTo(parts(new Part(0, 0), new Part(9999, 9999)));
        assertThat(ByteRanges.parse("BYTES= 5-9 , 20-", 22)).isEqualTo(parts(new Part(5, 9), new Part(20, 21)));
    }

    @Test
    void overlappingAndTouchingRangesAreOne() {
        assertThat(ByteRanges.parse("bytes=5-9,0-4,8-20,40-41", 100))
                .isEqualTo(parts(new Part(0, 20), new Part(40, 41)));
    }

    @Test
    void whatIsPartlyThereIsServedAsFar() {
        assertThat(ByteRanges.parse("bytes=90-200,500-600", 100)).isEqualTo(parts(new Part(90, 99)));
    }

    @Test
    void otherUnitsAndNoHeaderAreEverything() {
        assertThat(ByteRanges.parse(null, 100)).isInstanceOf(Everything.class);
        assertThat(ByteRanges.parse("pages=1-2", 100)).isInstanceOf(Everything.class);
    }

    @Test
    void nonsenseIsRefused() {
        for (String header : List.of(
                "bytes=", "bytes=-", "bytes=3-1", "bytes=x", "bytes=1", "bytes=0-1,", "bytes=99999999999999999999-")) {
            assertThat(ByteRanges.parse(header, 100)).as(header).isInstanceOf(Unsatisfiable.class);
        }
        assertThat(ByteRanges.parse("bytes=0-", 0)).isInstanceOf(Unsatisfiable.class);
        assertThat(ByteRanges.parse("bytes=-5", 0)).isInstanceOf(Unsatisfiable.class);
    }

    @Test
    void whateverIsAskedThePartsLieInsideAndApart() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            long size = random.nextInt(50);
            StringBuilder header = new StringBuilder("bytes=");
            for (int spec = random.nextInt(4); spec >= 0; spec--) {
                header.append(random.nextBoolean() ? random.nextInt(60) : "")
                        .append('-')
                        .append(random.nextBoolean() ? random.nextInt(60) : "")
                        .append(spec == 0 ? "" : ",");
            }
            if (ByteRanges.parse(header.toString(), size) instanceof Parts parts) {
                long before = -2;
                for (Part part : parts.parts()) {
                    assertThat(part.first()).as(header.toString()).isGreaterThan(before + 1);
                    assertThat(part.last()).as(header.toString()).isBetween(part.first(), size - 1);
                    before = part.last();
                }
            }
        }
    }

    private static Parts parts(Part... parts) {
        return new Parts(List.of(parts));
    }
}
