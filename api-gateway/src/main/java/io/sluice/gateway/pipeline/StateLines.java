package io.sluice.gateway.pipeline;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import jakarta.enterprise.context.ApplicationScoped;

import io.sluice.contract.messaging.v1.ListStateLinesRequest;
import io.sluice.gateway.upstream.Upstream;
import io.sluice.gateway.upstream.Upstreams;

/** Reads the lines of the state root: ingest's, then media's, each sorted by their bytes by the service itself. */
@ApplicationScoped
class StateLines {

    private static final List<Upstream> OWNERS = List.of(Upstream.INGEST, Upstream.MEDIA);

    private final Upstreams upstreams;

    StateLines(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /**
     * Asks both services, and waits until both have begun to answer.
     *
     * @throws io.sluice.contract.CodedException when one of them does not
     */
    Reading open() {
        List<Part> parts = OWNERS.stream()
                .map(owner -> new Part(
                        owner,
                        upstreams.operationsStream(
                                owner,
                                operations -> operations.listStateLines(ListStateLinesRequest.getDefaultInstance()))))
                .toList();
        parts.forEach(part -> upstreams.ask(part.owner(), part.pieces()::hasNext));
        return new Reading(parts);
    }

    private record Part(Upstream owner, Iterator<io.sluice.contract.messaging.v1.StateLines> pieces) {}

    /** Lines on their way. */
    final class Reading {

        private final List<Part> parts;

        private Reading(List<Part> parts) {
            this.parts = parts;
        }

        /**
         * Gives every line, in order, once.
         *
         * @throws io.sluice.contract.CodedException when one of the services does not answer to the end
         */
        void forEach(Consumer<String> line) {
            for (Part part : parts) {
                while (upstreams.ask(part.owner(), part.pieces()::hasNext)) {
                    upstreams
                            .ask(part.owner(), part.pieces()::next)
                            .getLinesList()
                            .forEach(line);
                }
            }
        }
    }
}
