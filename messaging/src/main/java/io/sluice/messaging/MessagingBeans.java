package io.sluice.messaging;

import javax.sql.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.jdbi.v3.core.Jdbi;

import io.sluice.messaging.fact.FactConsumer;
import io.sluice.messaging.lease.Duties;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.work.WorkBoard;
import io.sluice.messaging.work.WorkRunner;

/** Builds the plain classes of this module from a service's data source and configuration. */
@ApplicationScoped
class MessagingBeans {

    @Produces
    @Singleton
    Transactions transactions(DataSource dataSource) {
        return new Transactions(Jdbi.create(dataSource));
    }

    @Produces
    @Singleton
    Outbox outbox() {
        return new Outbox();
    }

    @Produces
    @Singleton
    FactConsumer factConsumer() {
        return new FactConsumer();
    }

    @Produces
    @Singleton
    WorkBoard workBoard() {
        return new WorkBoard();
    }

    @Produces
    @Singleton
    WorkRunner workRunner() {
        return new WorkRunner();
    }

    @Produces
    @Singleton
    Duties duties() {
        return new Duties();
    }
}
