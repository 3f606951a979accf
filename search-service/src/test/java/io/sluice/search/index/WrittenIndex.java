package io.sluice.search.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.lucene.store.ByteBuffersDirectory;

import io.sluice.contract.search.v1.SearchHit;
import io.sluice.contract.search.v1.SearchRequest;
import io.sluice.contract.search.v1.SearchResponse;
import io.sluice.search.Told;
import io.sluice.search.query.RunSearch;

/** An index in memory that is told records without a broker. */
public final class WrittenIndex implements AutoCloseable {

    private final OpenIndex index;
    private final ApplyRecords apply;
    private final ShownIndex shown = new ShownIndex();
    private final RunSearch search = new RunSearch(Duration.ofSeconds(10));
    private long offset;

    public WrittenIndex() {
        try {
            index = new OpenIndex(new ByteBuffersDirectory(), 16);
            apply = new ApplyRecords(index, () -> {});
            shown.show(index.reader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One poll. */
    @SafeVarargs
    public final void tell(ProducerRecord<byte[], byte[]>... records) {
        tell(Arrays.asList(records));
    }

    public void tell(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            apply.apply(records.stream()
                    .map(told -> new ConsumerRecord<>(told.topic(), 0, offset++, told.key(), told.value()))
                    .toList());
            index.refresh();
            shown.show(index.reader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public SearchResponse search(SearchRequest request) {
        return shown.ask(reader -> search.search(reader, request));
    }

    public List<String> find(String query) {
        return hashes(search(SearchRequest.newBuilder().setQuery(query).build()));
    }

    public static List<String> hashes(SearchResponse answer) {
        return answer.getHitsList().stream()
                .map(SearchHit::getContentHash)
                .map(Told::hex)
                .toList();
    }

    public IndexCounts counts() {
        return shown.ask(IndexCounts::of);
    }

    public String digest() {
        return shown.ask(IndexDigest::of);
    }

    @Override
    public void close() {
        shown.hide();
        try {
            index.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
