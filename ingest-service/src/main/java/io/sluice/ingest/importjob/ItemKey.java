package io.sluice.ingest.importjob;

import java.util.Comparator;
import java.util.UUID;

import io.sluice.contract.CodedException;
import io.sluice.contract.ErrorCode;

/** Which item of which job a work is about: {@code <job id>/<position>}. */
record ItemKey(String jobId, int position) implements Comparable<ItemKey> {

    private static final Comparator<ItemKey> ORDER =
            Comparator.comparing(ItemKey::jobId).thenComparingInt(ItemKey::position);

    /** @throws CodedException {@code INVALID_REQUEST} */
    static ItemKey parse(String text) {
        int slash = text.indexOf('/');
        try {
            String job = UUID.fromString(text.substring(0, slash)).toString();
            return new ItemKey(job, Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new CodedException(ErrorCode.INVALID_REQUEST, "No <job id>/<position>: " + text, e);
        }
    }

    String text() {
        return jobId + "/" + position;
    }

    @Override
    public int compareTo(ItemKey other) {
        return ORDER.compare(this, other);
    }
}
