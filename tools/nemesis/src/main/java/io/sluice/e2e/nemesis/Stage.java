package io.sluice.e2e.nemesis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.sluice.e2e.SluiceClient;
import io.sluice.localstack.LocalStack;
import io.sluice.localstack.StackBuilder;

/** A running stack with a library, a mount of bundles and a store that can be full. */
final class Stage implements AutoCloseable {

    private static final Map<String, Integer> SEVERAL = Map.of("ingest", 2);

    private final Arena arena;
    private final Mount pictures;
    private final Mount bundles;
    private final StoreDisk disk;
    private final LocalStack stack;
    private final SluiceClient client;

    private Stage(Arena arena, Mount pictures, Mount bundles, StoreDisk disk, LocalStack stack) {
        this.arena = arena;
        this.pictures = pictures;
        this.bundles = bundles;
        this.disk = disk;
        this.stack = stack;
        this.client = new SluiceClient(stack.gatewayUrl(), stack.operatorKey());
    }

    /** Starts it with its state in a folder of that name, over the mounts beside. */
    static Stage open(Path folder, String name, Duration lease) throws IOException {
        Mount pictures = mount(folder, Arena.PICTURES);
        Mount bundles = mount(folder, Arena.BUNDLES);
        StoreDisk disk = StoreDisk.at(folder.resolve(name).resolve("renditions"));
        try {
            StackBuilder wanted = wanted(folder.resolve(name), pictures, bundles);
            SEVERAL.forEach(wanted::instances);
            for (String service : List.of("scanner", "ingest", "media")) {
                if (!lease.equals(Arena.USUAL_LEASE)) {
                    wanted.setting(service, "sluice.lease.duration", lease.toSeconds() + "s")
                            .setting(service, "sluice.lease.heartbeat", "1s");
                }
            }
            return new Stage(new Arena(lease, SEVERAL, disk.canBeFull()), pictures, bundles, disk, wanted.start());
        } catch (RuntimeException e) {
            disk.close();
            throw e;
        }
    }

    /** Looks often, so that what a fault does shows within the time of a test; all else is as a user has it. */
    static StackBuilder wanted(Path state, Mount pictures, Mount bundles) {
        return LocalStack.builder(state)
                .library(pictures.name(), pictures.root())
                .handover(bundles.name(), bundles.root())
                .setting("scanner", "sluice.scan.quick-interval", "1s")
                .setting("scanner", "sluice.scan.stable-after", "2s");
    }

    private static Mount mount(Path folder, String name) throws IOException {
        return new Mount(name, Files.createDirectories(folder.resolve("mounts").resolve(name)));
    }

    Arena arena() {
        return arena;
    }

    Mount pictures() {
        return pictures;
    }

    Mount bundles() {
        return bundles;
    }

    Mount mount(String name) {
        return name.equals(bundles.name()) ? bundles : pictures;
    }

    StoreDisk disk() {
        return disk;
    }

    LocalStack stack() {
        return stack;
    }

    SluiceClient client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        stack.close();
        disk.close();
    }
}
