package io.sluice.ingest.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import io.sluice.contract.ErrorCode;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.FileLocation;
import io.sluice.ingest.location.FileStat;
import io.sluice.ingest.location.HashState;
import io.sluice.ingest.location.LocationChange;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.RelativePath;
import io.sluice.ingest.location.Standing;

class DifferenceTest {

    private static final String LIBRARY = "018f4a1e-0000-7000-8000-000000000001";
    private static final String SCAN = "018f4a1e-0000-7000-8000-0000000000aa";
    private static final String LATER_SCAN = "018f4a1e-0000-7000-8000-0000000000bb";
    private static final FileStat STAT = new FileStat(10, 2_000, 3_000, 1_000, 7);
    private static final FileStat EDITED = new FileStat(11, 5_000, 5_000, 1_000, 7);
    private static final FileStat RENAMED = new FileStat(10, 2_000, 5_000, 1_000, 7);
    private static final ContentHash HASH = ContentHash.of(new byte[32]);

    @Test
    void appeared() {
        Difference found = Difference.between(null, seen(1, "a.jpg", true, STAT));
        assertThat(found).isInstanceOf(Difference.Appeared.class);
        FileLocation row = after(found);
        assertThat(row.standing()).isEqualTo(Standing.PRESENT);
        assertThat(row.hashState()).isEqualTo(HashState.WAITING);
        assertThat(row.content()).isNull();
    }

    @Test
    void vanishedKeepsWhatIsKnownAndTheFirstScanThatMissedIt() {
        Difference found = Difference.between(known(5), seen(6, "a.jpg", false, STAT));
        assertThat(found).isInstanceOf(Difference.Vanished.class);
        FileLocation row = after(found);
        assertThat(row.standing()).isEqualTo(Standing.ABSENT);
        assertThat(row.content()).isEqualTo(HASH);
        assertThat(row.heldPath()).isNull();
        assertThat(row.absentSinceScan()).isEqualTo(SCAN);

        Observation later = new Observation(row.key(), 7, row.path(), false, STAT, true, LATER_SCAN);
        Difference again = Difference.between(row, later);
        assertThat(again).isInstanceOf(Difference.Unchanged.class);
        assertThat(after(again).absentSinceScan()).isEqualTo(SCAN);
    }

    @Test
    void vanishedWithoutEverBeingSeenIsARowToo() {
        Difference found = Difference.between(null, seen(6, "a.jpg", false, STAT));
        assertThat(found).isInstanceOf(Difference.Vanished.class);
        assertThat(after(found).standing()).isEqualTo(Standing.ABSENT);
    }

    @Test
    void changedStandsForNoAssetUntilItIsHashedAgain() {
        Difference found = Difference.between(known(5), seen(6, "a.jpg", true, EDITED));
        assertThat(found).isInstanceOf(Difference.Changed.class);
        FileLocation row = after(found);
        assertThat(row.content()).isNull();
        assertThat(row.former()).isEqualTo(HASH);
        assertThat(row.hashState()).isEqualTo(HashState.WAITING);
        // and once more, before it was hashed
        FileLocation twice = after(Difference.between(row, seen(7, "a.jpg", true, STAT)));
        assertThat(twice.former()).isEqualTo(HASH);
    }

    @Test
    void movedKeepsItsHash() {
        Difference found = Difference.between(known(5), seen(6, "b/c.jpg", true, RENAMED));
        assertThat(found).isInstanceOf(Difference.Moved.class);
        assertThat(after(found).content()).isEqualTo(HASH);
        assertThat(after(found).path()).isEqualTo(RelativePath.of("b/c.jpg"));
    }

    @Test
    void movedAndEditedIsChanged() {
        assertThat(Difference.between(known(5), seen(6, "b/c.jpg", true, EDITED)))
                .isInstanceOf(Difference.Changed.class);
    }

    @Test
    void aCtimeAloneOnTheSamePathIsChanged() {
        assertThat(Difference.between(known(5), seen(6, "a.jpg", true, RENAMED)))
                .isInstanceOf(Difference.Changed.class);
    }

    @Test
    void reappearedWithItsBytes() {
        FileLocation absent = after(Difference.between(known(5), seen(6, "a.jpg", false, STAT)));
        Difference found = Difference.between(absent, seen(7, "a.jpg", true, STAT));
        assertThat(found).isInstanceOf(Difference.Reappeared.class);
        assertThat(after(found).content()).isEqualTo(HASH);
        assertThat(after(found).absentSinceScan()).isNull();
        assertThat(Difference.between(absent, seen(7, "a.jpg", true, EDITED))).isInstanceOf(Difference.Changed.class);
    }

    @Test
    void olderAndEqualNumbersChangeNothing() {
        assertThat(Difference.between(known(5), seen(4, "x.jpg", false, EDITED)))
                .isInstanceOf(Difference.Older.class);
        Difference same = Difference.between(known(5), seen(5, "a.jpg", true, STAT));
        assertThat(same).isInstanceOf(Difference.Older.class);
        assertThat(same.change()).isNull();
    }

    @Test
    void aDisplacedRowIsTakenBackByItsOwnRecordSaidAgain() {
        assertThat(Difference.between(known(5).displaced(), seen(5, "a.jpg", true, STAT)))
                .isInstanceOf(Difference.Unchanged.class);
    }

    @Test
    void troubleIsForgottenWhenTheFileChanges() {
        FileLocation failed = known(5).withUncertainBytes()
                .failed(new FileLocation.Trouble(ErrorCode.FILE_UNREADABLE, "no permission"));
        assertThat(after(Difference.between(failed, seen(6, "a.jpg", true, EDITED)))
                        .trouble())
                .isNull();
    }

    @Test
    void thePathGoesToTheHigherNumber() {
        FileLocation holder = known(5);
        LocationChange claim = change(seen(new LocationKey(LIBRARY, 9), 6, "a.jpg"));
        List<LocationChange> settled = PathClaims.settle(List.of(claim), List.of(holder));
        assertThat(settled).hasSize(2);
        assertThat(settled)
                .filteredOn(change -> change.after().key().fileId() == 1)
                .singleElement()
                .satisfies(change -> assertThat(change.after().standing()).isEqualTo(Standing.DISPLACED));

        LocationChange late = change(seen(new LocationKey(LIBRARY, 9), 4, "a.jpg"));
        assertThat(PathClaims.settle(List.of(late), List.of(holder)))
                .singleElement()
                .satisfies(change -> assertThat(change.after().standing()).isEqualTo(Standing.DISPLACED));
    }

    @Test
    void swappedNamesInOneBatchDisplaceNobody() {
        LocationKey other = new LocationKey(LIBRARY, 2);
        FileLocation first = known(5);
        FileLocation second = new FileLocation(
                2,
                other,
                6,
                RelativePath.of("b.jpg"),
                Standing.PRESENT,
                true,
                STAT,
                HashState.HASHED,
                HASH,
                null,
                null,
                SCAN,
                null);
        LocationChange one =
                new LocationChange(first, seen(8, "b.jpg", true, RENAMED).over(first));
        LocationChange two = new LocationChange(second, seen(other, 7, "a.jpg").over(second));
        assertThat(PathClaims.settle(List.of(one, two), List.of(first, second)))
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.after().present()).isTrue());
    }

    private static LocationChange change(Observation seen) {
        return new LocationChange(null, seen.asNew());
    }

    private static FileLocation after(Difference difference) {
        LocationChange change = difference.change();
        assertThat(change).isNotNull();
        return change.after();
    }

    private static FileLocation known(long sequence) {
        return new FileLocation(
                1,
                new LocationKey(LIBRARY, 1),
                sequence,
                RelativePath.of("a.jpg"),
                Standing.PRESENT,
                true,
                STAT,
                HashState.HASHED,
                HASH,
                null,
                null,
                SCAN,
                null);
    }

    private static Observation seen(long sequence, String path, boolean present, FileStat stat) {
        return new Observation(new LocationKey(LIBRARY, 1), sequence, RelativePath.of(path), present, stat, true, SCAN);
    }

    private static Observation seen(LocationKey key, long sequence, String path) {
        return new Observation(key, sequence, RelativePath.of(path), true, STAT, true, SCAN);
    }
}
