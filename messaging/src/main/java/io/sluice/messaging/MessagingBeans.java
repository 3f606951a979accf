package io.sluice.messaging;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.UUID;
import javax.sql.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
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
    Instance instance(
            @ConfigProperty(name = "quarkus.application.name") String application, MessagingConfig.Identity identity) {
        String service = application.replaceFirst("^sluice-(api-)?", "").replaceFirst("-service$", "");
        return new Instance(
                service,
                identity.name().orElseGet(MessagingBeans::passingName),
                identity.name().isPresent(),
                UUID.randomUUID());
    }

    @Produces
    @Singleton
    Transactions transactions(DataSource dataSource) {
        return new Transactions(Jdbi.create(dataSource));
    }

    @Produces
    @Singleton
    Outbox outbox(Instance instance, Duties duties) {
        return new Outbox(instance, duties::wake);
    }

    @Produces
    @Singleton
    FactConsumer factConsumer() {
        throw new UnsupportedOperationException();
    }

    @Produces
    @Singleton
    WorkBoard workBoard(Duties duties) {
        return new WorkBoard(duties::wake);
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

    private static String passingName() {
        try {
            return InetAddress.getLocalHost().getHostName() + "/pid:"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException nameless) {
            return "localhost/pid:" + ProcessHandle.current().pid();
        }
    }
}
