package io.sluice.ingest.world;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.location.LocationKey;
import io.sluice.ingest.location.PathKey;
import io.sluice.messaging.Transactions;
import io.sluice.testsupport.DatabaseProbe;
import io.sluice.testsupport.SluiceInfra;
import io.sluice.testsupport.StatementCost;

/**
 * A schema of its own with a million assets, file locations and places on shelves; filled once per JVM. Asset, file and
 * path number {@code n} belong together, and {@code n} is their place in every list.
 *
 * <p>Three assets share a moment, and the 200,000 in the middle share one. One asset has the locations of the last 120,000
 * files.
 */
public final class MillionRows {

    public static final int ROWS = 1_000_000;

    /** Holds all files but every 101st. */
    public static final String LARGE = "01980000-0000-7000-8000-00000000000a";

    public static final String SMALL = "01980000-0000-7000-8000-00000000000b";

    /** The asset of many locations: of 12 files behind {@link #ALONE} one is absent, one displaced. */
    public static final int CROWD = 500_003;

    /** The last file whose bytes nobody shares. */
    public static final int ALONE = 880_000;

    private static final List<String> TABLES = List.of(
            "file_location",
            "library_count",
            "asset",
            "asset_library",
            "asset_provided",
            "container_member",
            "deferred_message");

    private static final String HASH = "UNHEX(LPAD(HEX(seq), 64, '0'))";
    private static final String LIBRARY = "IF(seq % 101 = 0, '" + SMALL + "', '" + LARGE + "')";
    private static final String KIND = "IF(seq % 100000 = 0, 3, IF(seq % 10 = 0, 2, 1))";
    private static final String MOMENT = "IF(seq BETWEEN 400001 AND 600000, 400001, seq) DIV 3";

    /** Reads of it are counted on its one connection. */
    private static final class Filled {
        static final Jdbi SCHEMA = fill();
    }

    private MillionRows() {}

    /** What statements cost here. */
    public static StatementCost cost(Consumer<Handle> statements) {
        return StatementCost.of(Filled.SCHEMA, statements);
    }

    /** For classes that open their transactions themselves; counted too. */
    public static Transactions transactions() {
        return new Transactions(Filled.SCHEMA);
    }

    public static ContentHash hash(int number) {
        return ContentHash.of(bytes(number));
    }

    public static PathKey path(int number) {
        return new PathKey(bytes(number));
    }

    public static LocationKey file(int number) {
        return new LocationKey(number % 101 == 0 ? SMALL : LARGE, number);
    }

    private static byte[] bytes(int number) {
        return ByteBuffer.allocate(32).putLong(24, number).array();
    }

    private static Jdbi fill() {
        DatabaseProbe database = SluiceInfra.database("ingest_million");
        for (String table : TABLES) {
            database.execute("DROP TABLE IF EXISTS " + table);
            SluiceInfra.database().rows("SHOW CREATE TABLE " + table).getFirst().values().stream()
                    .map(String::valueOf)
                    .filter(text -> text.startsWith("CREATE"))
                    .forEach(database::execute);
        }
        database.execute("INSERT INTO asset (content_hash, version, lifecycle, kind, media_type, size, taken_at,"
                + " taken_at_source, location_count, registered_at) SELECT " + HASH + ", 1, 1, " + KIND
                + ", 'image/jpeg', 1, '2025-01-01' - INTERVAL " + MOMENT + " SECOND, 1, IF(seq = " + CROWD
                + ", 110001, 1), NOW(6) FROM seq_1_to_" + ROWS);
        database.execute("INSERT INTO asset_library (content_hash, library_id, kind, newest) SELECT content_hash,"
                + " IF(CONV(RIGHT(HEX(content_hash), 8), 16, 10) % 101 = 0, '" + SMALL + "', '" + LARGE
                + "'), kind, newest"
                + " FROM asset");
        database.execute("INSERT INTO file_location (library_id, file_id, sequence, path, path_key, standing, stable,"
                + " size, mtime_ns, ctime_ns, birth_time_ns, inode, hash_state, content_hash, scan_id) SELECT "
                + LIBRARY + ", seq, seq, CONCAT('2025/', LPAD(seq, 7, '0'), '.jpg'),"
                + " IF(seq > " + ALONE + " AND seq % 12 < 2, NULL, " + HASH + "),"
                + " IF(seq > " + ALONE + " AND seq % 12 < 2, 1 + seq % 12, 0), 1, 1, 1, 1, 1, seq, 'hashed',"
                + " IF(seq > " + ALONE + ", UNHEX(LPAD(HEX(" + CROWD + "), 64, '0')), " + HASH + "), UUID()"
                + " FROM seq_1_to_" + ROWS);
        database.execute("INSERT INTO library_count (library_id, shard, present, unhashed, absent) SELECT library_id,"
                + " file_id % 16, SUM(standing = 0), 0, SUM(standing = 1) FROM file_location"
                + " GROUP BY library_id, file_id % 16");
        database.execute("INSERT INTO deferred_message (consumer_group, topic, record_key, partition_no, record_offset,"
                + " record_time, headers, due_at) SELECT 'ingest.file', 'sluice.scanner.file.v1', CONCAT('" + LARGE
                + "/', seq), 0, seq, 0, 'h', NOW(6) FROM seq_1_to_100000");
        database.execute("ANALYZE TABLE " + String.join(", ", TABLES));
        return Jdbi.create(database.jdbi().open().getConnection());
    }
}
