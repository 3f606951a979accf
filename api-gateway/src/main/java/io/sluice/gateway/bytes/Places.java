package io.sluice.gateway.bytes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.runtime.StartupEvent;

/** The directories that the gateway may read. */
@ApplicationScoped
class Places {

    private final MountsConfig mounts;
    private final StoreConfig store;

    Places(MountsConfig mounts, StoreConfig store) {
        this.mounts = mounts;
        this.store = store;
    }

    Optional<Path> mount(String name) {
        return Optional.ofNullable(mounts.byName().get(name));
    }

    Path store() {
        return store.path();
    }

    /** A directory that is not there now may come (a disk that is plugged in later); a relative one is a mistake for ever. */
    void checkAtStart(@Observes StartupEvent started) {
        List<String> wrong = new ArrayList<>();
        mounts.byName().forEach((name, path) -> {
            if (!path.isAbsolute()) {
                wrong.add("sluice.mounts." + name + "=" + path);
            }
        });
        if (!store.path().isAbsolute()) {
            wrong.add("sluice.store.path=" + store.path());
        }
        if (!wrong.isEmpty()) {
            throw new IllegalStateException("These settings must be absolute paths: " + String.join(", ", wrong));
        }
    }
}
