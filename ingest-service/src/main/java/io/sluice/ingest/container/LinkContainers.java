package io.sluice.ingest.container;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import jakarta.enterprise.context.ApplicationScoped;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;

import io.sluice.contract.ingest.v1.ContainerKind;
import io.sluice.ingest.asset.ExternalHashes;
import io.sluice.ingest.asset.SettleAssets;
import io.sluice.ingest.identity.BatchId;
import io.sluice.ingest.identity.ContentHash;
import io.sluice.ingest.identity.ExternalHash;

/** Writes containers as manifests name them, points their members at assets, and tells both again where they changed. */
@ApplicationScoped
public class LinkContainers {

    private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

    private final Containers containers;
    private final Members members;
    private final ExternalHashes externals;
    private final SettleAssets settle;
    private final TellContainers tell;

    LinkContainers(
            Containers containers,
            Members members,
            ExternalHashes externals,
            SettleAssets settle,
            TellContainers tell) {
        this.containers = containers;
        this.members = members;
        this.externals = externals;
        this.settle = settle;
        this.tell = tell;
    }

    /**
     * A container as a manifest names it.
     *
     * @param cover the asset that stands for it, null without one
     * @param members external hashes in order
     */
    public record Named(
            ExternalHash externalHash,
            ContainerKind kind,
            String title,
            @Nullable ContentHash cover,
            List<ExternalHash> members,
            BatchId batch) {}

    /** What became of it. */
    public enum Change {
        CREATED,
        UPDATED,
        SAME
    }

    /** @param linked members that are assets now */
    public record Linking(Change change, Container container, long linked) {

        public long missing() {
            return container.expected() - linked;
        }
    }

    /** One container on its way; its members change while it is written. */
    private record Plan(Named named, @Nullable Container before, Container after, List<Member> old, List<Member> now) {

        boolean changed() {
            return before == null || !same(before, named) || !now.equals(old);
        }

        Linking linking() {
            Change change = before == null ? Change.CREATED : changed() ? Change.UPDATED : Change.SAME;
            long linked =
                    now.stream().filter(member -> member.content() != null).count();
            return new Linking(change, changed() ? after : Objects.requireNonNull(before), linked);
        }
    }

    /** Links containers in the caller's transaction; one answer a container, by external hash. Of one named twice the last counts. */
    public Map<ExternalHash, Linking> link(Handle tx, List<Named> all) {
        List<Plan> plans = plan(tx, all);
        containers.insert(
                tx,
                plans.stream()
                        .filter(plan -> plan.before() == null)
                        .map(Plan::after)
                        .toList());
        for (Plan plan : plans) {
            writeMembers(tx, plan);
            fillLate(tx, plan);
        }
        List<Plan> changed = plans.stream().filter(Plan::changed).toList();
        containers.update(
                tx,
                changed.stream()
                        .filter(plan -> plan.before() != null)
                        .map(Plan::after)
                        .toList());
        Set<ContentHash> regrouped = new HashSet<>();
        changed.forEach(plan -> regrouped.addAll(difference(plan.old(), plan.now())));
        settle.tellAgain(tx, regrouped);
        tell.tell(tx, changed.stream().map(Plan::after).toList());
        Map<ExternalHash, Linking> linkings = new HashMap<>();
        plans.forEach(plan -> linkings.put(plan.named().externalHash(), plan.linking()));
        return linkings;
    }

    private List<Plan> plan(Handle tx, List<Named> all) {
        TreeMap<ExternalHash, Named> named = new TreeMap<>();
        all.forEach(one -> named.put(one.externalHash(), one));
        Map<ExternalHash, Container> known = containers.lock(tx, named.keySet());
        Map<String, List<Member>> old =
                members.of(tx, known.values().stream().map(Container::id).toList());
        Map<ExternalHash, ContentHash> assets = externals.share(
                tx,
                named.values().stream().flatMap(one -> one.members().stream()).toList());
        long clock = containers.clock(tx);
        return named.values().stream()
                .map(one -> {
                    Container before = known.get(one.externalHash());
                    Container after = after(one, before, clock);
                    return new Plan(
                            one,
                            before,
                            after,
                            before == null ? List.of() : old.getOrDefault(before.id(), List.of()),
                            members(after.id(), one.members(), assets));
                })
                .toList();
    }

    private void writeMembers(Handle tx, Plan plan) {
        List<Member> old = plan.old();
        if (plan.now().size() < old.size()) {
            members.cut(tx, plan.after().id(), plan.now().size());
        }
        members.write(
                tx,
                plan.now().stream()
                        .filter(member -> member.position() >= old.size() || !member.equals(old.get(member.position())))
                        .toList());
    }

    /** Members that became assets since they were looked up: whoever registers them has not seen ours. */
    private void fillLate(Handle tx, Plan plan) {
        List<ExternalHash> missing = plan.now().stream()
                .filter(member -> member.content() == null)
                .map(Member::externalHash)
                .toList();
        Map<ExternalHash, ContentHash> late = externals.share(tx, missing);
        if (late.isEmpty()) {
            return;
        }
        List<Member> filled = new ArrayList<>();
        plan.now().replaceAll(member -> {
            ContentHash content = late.get(member.externalHash());
            if (member.content() != null || content == null) {
                return member;
            }
            filled.add(member.holding(content));
            return filled.getLast();
        });
        members.write(tx, filled);
    }

    private static Container after(Named named, @Nullable Container before, long clock) {
        return new Container(
                before == null ? IDS.generate().toString() : before.id(),
                before == null ? clock : Math.max(before.version() + 1, clock),
                named.kind(),
                named.externalHash(),
                named.title(),
                named.cover(),
                named.members().size(),
                named.batch());
    }

    private static boolean same(Container before, Named named) {
        return before.kind() == named.kind()
                && before.title().equals(named.title())
                && Objects.equals(before.cover(), named.cover())
                && before.expected() == named.members().size();
    }

    private static List<Member> members(
            String containerId, List<ExternalHash> hashes, Map<ExternalHash, ContentHash> assets) {
        List<Member> members = new ArrayList<>(hashes.size());
        for (ExternalHash hash : hashes) {
            members.add(new Member(containerId, members.size(), hash, assets.get(hash)));
        }
        return members;
    }

    /** Assets that are in one of the two only: they are in other containers now. */
    private static Set<ContentHash> difference(List<Member> old, List<Member> now) {
        Set<ContentHash> before = assets(old);
        Set<ContentHash> after = assets(now);
        Set<ContentHash> changed = new HashSet<>(before);
        changed.removeAll(after);
        after.removeAll(before);
        changed.addAll(after);
        return changed;
    }

    private static Set<ContentHash> assets(List<Member> members) {
        Set<ContentHash> assets = new HashSet<>();
        members.forEach(member -> {
            ContentHash content = member.content();
            if (content != null) {
                assets.add(content);
            }
        });
        return assets;
    }
}
