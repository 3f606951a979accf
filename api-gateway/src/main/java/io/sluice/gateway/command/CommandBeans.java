package io.sluice.gateway.command;

import javax.sql.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Jdbi;

import io.sluice.gateway.GatewayMetrics;
import io.sluice.messaging.Transactions;
import io.sluice.messaging.command.CommandsOnce;

/** What commands whose effect is in the gateway's own schema need. */
@ApplicationScoped
class CommandBeans {

    @Produces
    @Singleton
    Transactions transactions(DataSource dataSource) {
        return new Transactions(Jdbi.create(dataSource));
    }

    @Produces
    @Singleton
    CommandsOnce commandsOnce(Transactions transactions, GatewayMetrics metrics) {
        return new CommandsOnce(transactions, metrics::repeated);
    }
}
