package io.sluice.search.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.IndexableField;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BytesRef;

/** One number over everything that stands in live documents: stored values and every term with its places. */
final class IndexDigest {

    private IndexDigest() {}

    static String of(DirectoryReader reader) throws IOException {
        List<String> documents = new ArrayList<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            long[] terms = terms(leaf.reader());
            for (int i = 0; i < leaf.reader().maxDoc(); i++) {
                if (leaf.reader().getLiveDocs() == null
                        || leaf.reader().getLiveDocs().get(i)) {
                    documents.add(stored(leaf.reader().storedFields().document(i)) + " " + terms[i]);
                }
            }
        }
        documents.sort(null);
        return documents.size() + ":" + sha(String.join("\n", documents));
    }

    private static long[] terms(LeafReader reader) throws IOException {
        long[] sums = new long[reader.maxDoc()];
        for (FieldInfo field : reader.getFieldInfos()) {
            Terms terms = reader.terms(field.name);
            TermsEnum each = terms == null ? TermsEnum.EMPTY : terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                PostingsEnum found = each.postings(null, PostingsEnum.ALL);
                while (found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
                    long places = found.freq();
                    for (int i = 0; terms.hasPositions() && i < found.freq(); i++) {
                        places = places * 31 + found.nextPosition() * 7L + found.startOffset();
                    }
                    sums[found.docID()] += (field.name + term.utf8ToString()).hashCode() * 0x9E3779B97F4A7C15L + places;
                }
            }
        }
        return sums;
    }

    private static String stored(Document document) {
        StringBuilder all = new StringBuilder();
        for (IndexableField field : document) {
            BytesRef bytes = field.binaryValue();
            all.append(field.name())
                    .append('=')
                    .append(
                            bytes == null
                                    ? field.stringValue()
                                    : HexFormat.of().formatHex(bytes.bytes, bytes.offset, bytes.offset + bytes.length))
                    .append(';');
        }
        return sha(all.toString());
    }

    private static String sha(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
