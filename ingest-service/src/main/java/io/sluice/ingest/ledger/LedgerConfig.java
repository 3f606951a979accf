package io.sluice.ingest.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * {@code sluice.ledger.*}: where the ledger lies. The service's own database user needs INSERT and SELECT there and should
 * have nothing more; {@code quarkus.datasource.ledger.*} is the user that migrates it.
 */
@ConfigMapping(prefix = "sluice.ledger")
public interface LedgerConfig {

    /** A schema on the server of {@code quarkus.datasource.jdbc.url}: an entry is written in the transaction it tells of. */
    @WithDefault("ledger")
    String schema();
}
