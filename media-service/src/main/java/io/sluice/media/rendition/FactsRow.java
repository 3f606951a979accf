package io.sluice.media.rendition;

import java.sql.ResultSet;
import java.sql.SQLException;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import io.sluice.contract.media.v1.MediaFacts;
import io.sluice.contract.media.v1.VideoFacts;
import io.sluice.media.asset.ContentHash;

/** Reads a row of the table {@code facts f}; its columns get names that can stand beside a rendition's. */
final class FactsRow {

    static final String COLUMNS = """
            f.version AS facts_version, f.width AS facts_width, f.height AS facts_height, f.format, f.thumbhash,
            f.has_alpha, f.colour_profile, f.video\s""";

    private FactsRow() {}

    static MediaFacts read(ContentHash hash, ResultSet row) throws SQLException {
        MediaFacts.Builder facts = MediaFacts.newBuilder()
                .setContentHash(hash.byteString())
                .setVersion(row.getLong("facts_version"))
                .setWidth(row.getInt("facts_width"))
                .setHeight(row.getInt("facts_height"))
                .setFormat(row.getString("format"))
                .setThumbhash(ByteString.copyFrom(row.getBytes("thumbhash")))
                .setHasAlpha(row.getBoolean("has_alpha"))
                .setColourProfile(row.getString("colour_profile"));
        byte[] video = row.getBytes("video");
        return video == null ? facts.build() : facts.setVideo(video(video)).build();
    }

    private static VideoFacts video(byte[] stored) {
        try {
            return VideoFacts.parseFrom(stored);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("Stored facts of a video that cannot be read", e);
        }
    }
}
