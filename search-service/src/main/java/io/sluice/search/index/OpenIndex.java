package io.sluice.search.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.store.Directory;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

import io.sluice.search.document.Fields;
import io.sluice.search.text.PlainScores;
import io.sluice.search.text.WordAnalyzer;

/**
 * An index while it is written, by one thread. What was written is seen after {@link #refresh}; what was committed is there
 * after a crash. Not closed in order means back to the last commit.
 */
final class OpenIndex implements AutoCloseable {

    private final Directory directory;
    private final IndexWriter writer;
    private final Set<String> unreadable = new HashSet<>();
    private DirectoryReader reader;
    private boolean closed;

    /** Opens what is there, or an empty one. */
    OpenIndex(Directory directory, int bufferMegabytes) throws IOException {
        this.directory = directory;
        this.writer = new IndexWriter(
                directory,
                new IndexWriterConfig(new WordAnalyzer())
                        .setSimilarity(new PlainScores())
                        .setOpenMode(IndexWriterConfig.OpenMode.CREATE_OR_APPEND)
                        .setRAMBufferSizeMB(bufferMegabytes)
                        .setCommitOnClose(false));
        try {
            reader = DirectoryReader.open(writer);
            for (LeafReaderContext leaf : reader.leaves()) {
                StoredFields stored = leaf.reader().storedFields();
                for (int document : having(leaf, new Term(Fields.TYPE, Fields.UNREADABLE))) {
                    unreadable.add(stored.document(document, Set.of(Fields.ID)).get(Fields.ID));
                }
            }
        } catch (IOException | RuntimeException e) {
            writer.rollback();
            throw e;
        }
    }

    /** What was committed last; empty in a new index. */
    Map<String, String> committed() {
        Map<String, String> told = new HashMap<>();
        if (writer.getLiveCommitData() != null) {
            writer.getLiveCommitData().forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        }
        return told;
    }

    /** As of the last {@link #refresh}. */
    DirectoryReader reader() {
        return reader;
    }

    /** The document of that id as of the last refresh. */
    @Nullable
    Document document(String id) throws IOException {
        BytesRef key = new BytesRef(id);
        for (LeafReaderContext leaf : reader.leaves()) {
            PostingsEnum found = leaf.reader().postings(new Term(Fields.ID, key), PostingsEnum.NONE);
            Bits live = leaf.reader().getLiveDocs();
            while (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                if (live == null || live.get(found.docID())) {
                    return leaf.reader().storedFields().document(found.docID());
                }
            }
        }
        return null;
    }

    void put(String id, Document document) throws IOException {
        writer.updateDocument(new Term(Fields.ID, id), document);
    }

    void remove(String id) throws IOException {
        writer.deleteDocuments(new Term(Fields.ID, id));
    }

    void putUnreadable(String id, Document document) throws IOException {
        put(id, document);
        unreadable.add(id);
    }

    /** A readable record took its place. */
    void removeUnreadable(String id) throws IOException {
        if (unreadable.remove(id)) {
            remove(id);
        }
    }

    /** What was written so far is seen from now on, all of it at once. */
    void refresh() throws IOException {
        DirectoryReader newer = DirectoryReader.openIfChanged(reader, writer);
        if (newer != null) {
            reader.close();
            reader = newer;
        }
    }

    /** Documents and the point they stand for, in one step. */
    void commit(CommitPoint point) throws IOException {
        point.writeTo(writer);
        writer.commit();
    }

    /** Lucene closes a writer that met what it cannot go on from, e.g. a full disk in the middle of a segment. */
    @Nullable
    Throwable brokenBy() {
        return writer.getTragicException();
    }

    /** Live documents of a segment that have the term. */
    static List<Integer> having(LeafReaderContext leaf, Term term) throws IOException {
        List<Integer> documents = new ArrayList<>();
        PostingsEnum found = leaf.reader().postings(term, PostingsEnum.NONE);
        Bits live = leaf.reader().getLiveDocs();
        while (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
            if (live == null || live.get(found.docID())) {
                documents.add(found.docID());
            }
        }
        return documents;
    }

    /** Back to the last commit. Readers that are in use stay good. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            try (directory) {
                reader.close();
                writer.rollback();
            }
        }
    }
}
