package io.sluice.ingest.asset;

import java.util.List;
import java.util.stream.Stream;

import io.sluice.ingest.location.FileLocation;

/**
 * Locations of an asset that are not displaced.
 *
 * @param first present ones first, by library and path; all of them, or more than can be told
 * @param count of all
 */
record LocationList(List<FileLocation> first, long count) {

    static final LocationList EMPTY = new LocationList(List.of(), 0);

    static LocationList of(FileLocation location) {
        return new LocationList(List.of(location), 1);
    }

    LocationList plus(LocationList more) {
        return new LocationList(
                Stream.concat(first.stream(), more.first.stream()).toList(), count + more.count);
    }

    boolean anyPresent() {
        return !first.isEmpty() && first.getFirst().present();
    }
}
