package io.sluice.ingest.container;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;

import io.sluice.ingest.asset.Inheritance;
import io.sluice.ingest.identity.ContentHash;

/** Changed bytes keep their place in containers, and the name that the upstream has for them (law 4). */
@ApplicationScoped
class PassMembers implements Inheritance {

    private final Containers containers;
    private final TellContainers tell;

    PassMembers(Containers containers, TellContainers tell) {
        this.containers = containers;
        this.tell = tell;
    }

    /** There are few at once: one statement each, by the indexes by_asset. */
    @Override
    public void pass(Handle tx, Map<ContentHash, ContentHash> heirs) {
        Set<String> touched = new TreeSet<>();
        new TreeMap<>(heirs).forEach((old, heir) -> {
            touched.addAll(containersOf(tx, old));
            tx.execute("UPDATE external_hash SET content_hash = ? WHERE content_hash = ?", heir.bytes(), old.bytes());
            tx.execute(
                    "UPDATE container_member SET content_hash = ? WHERE content_hash = ?", heir.bytes(), old.bytes());
        });
        if (touched.isEmpty()) {
            return;
        }
        long clock = containers.clock(tx);
        List<Container> told = new ArrayList<>();
        containers.lockById(tx, touched).forEach(container -> told.add(container.told(clock)));
        containers.update(tx, told);
        tell.tell(tx, told);
    }

    private static List<String> containersOf(Handle tx, ContentHash asset) {
        return tx.createQuery("SELECT DISTINCT container_id FROM container_member FORCE INDEX (by_asset)"
                        + " WHERE content_hash = ?")
                .bind(0, asset.bytes())
                .mapTo(String.class)
                .list();
    }
}
