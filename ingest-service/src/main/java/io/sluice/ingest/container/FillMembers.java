package io.sluice.ingest.container;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/** Gives members that were missing their asset when it comes, and their new one when another takes its place. */
@ApplicationScoped
public class FillMembers {

    private final Containers containers;
    private final Members members;
    private final TellContainers tell;

    FillMembers(Containers containers, Members members, TellContainers tell) {
        this.containers = containers;
        this.members = members;
        this.tell = tell;
    }

    /**
     * Points members at assets in the caller's transaction, after it has written what external hashes mean now, and tells
     * their containers again.
     *
     * @return assets that are in other containers than before; to be told again by the caller
     */
    public Set<ContentHash> fill(Handle tx, Map<ExternalHash, ContentHash> meanings) {
        List<Member> filled = new ArrayList<>();
        Set<ContentHash> regrouped = new HashSet<>();
        for (Member member : members.lockNaming(tx, meanings.keySet())) {
            ContentHash now = Objects.requireNonNull(meanings.get(member.externalHash()));
            ContentHash before = member.content();
            if (!now.equals(before)) {
                filled.add(member.holding(now));
                regrouped.add(now);
                if (before != null) {
                    regrouped.add(before);
                }
            }
        }
        if (filled.isEmpty()) {
            return regrouped;
        }
        members.write(tx, filled);
        Set<String> touched = new TreeSet<>();
        filled.forEach(member -> touched.add(member.containerId()));
        long clock = containers.clock(tx);
        List<Container> told = containers.lockById(tx, touched).stream()
                .map(container -> container.told(clock))
                .toList();
        containers.update(tx, told);
        tell.tell(tx, told);
        return regrouped;
    }
}
