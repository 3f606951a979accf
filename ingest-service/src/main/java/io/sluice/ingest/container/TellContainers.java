package io.sluice.ingest.container;

import java.util.List;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import com.google.protobuf.ByteString;

import io.sluice.contract.Topics;
import io.sluice.contract.ingest.v1.ContainerState;
import io.sluice.ingest.container.Members.Linked;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.OutgoingRecord;

/** What is told of containers: in the transaction that locked and changed them. */
@ApplicationScoped
class TellContainers {

    /** 34 bytes each: a record of 1,000 members stays below 64 KB. */
    static final int MOST_MEMBERS = 1000;

    private final Members members;
    private final Outbox outbox;

    TellContainers(Members members, Outbox outbox) {
        this.members = members;
        this.outbox = outbox;
    }

    void tell(Handle tx, List<Container> changed) {
        outbox.appendAll(
                tx,
                changed.stream()
                        .map(container -> new OutgoingRecord(
                                Topics.INGEST_CONTAINER,
                                container.id(),
                                state(container, members.linked(tx, container.id(), MOST_MEMBERS)),
                                container.version()))
                        .toList());
    }

    static ContainerState state(Container container, Linked linked) {
        ContainerState.Builder state = ContainerState.newBuilder()
                .setContainerId(container.id())
                .setVersion(container.version())
                .setKind(container.kind())
                .setTitle(container.title())
                .setExternalHash(ByteString.copyFrom(container.externalHash().bytes()))
                .setExpectedMembers(container.expected())
                .setLinkedMembers((int) linked.count())
                .setMissingMembers((int) (container.expected() - linked.count()));
        linked.first().forEach(hash -> state.addMembers(hash.toByteString()));
        ContentHash cover = container.cover();
        if (cover != null) {
            state.setCover(cover.toByteString());
        }
        return state.build();
    }
}
