package io.sluice.messaging;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jdbi.v3.core.Jdbi;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.sluice.messaging.command.CommandsOnce;
import io.sluice.messaging.deadletter.CloseDeadLetters;
import io.sluice.messaging.deadletter.DeadLetters;
import io.sluice.messaging.deadletter.LetterLists;
import io.sluice.messaging.deadletter.Redrive;
import io.sluice.messaging.fact.FactConsumer;
import io.sluice.messaging.fact.FactHandler;
import io.sluice.messaging.fact.RedriveMessages;
import io.sluice.messaging.lease.Duties;
import io.sluice.messaging.outbox.Outbox;
import io.sluice.messaging.outbox.RedriveOutbox;
import io.sluice.messaging.topics.TopicCheck;
import io.sluice.messaging.work.RedriveWork;
import io.sluice.messaging.work.WorkBoard;
import io.sluice.messaging.work.WorkHandler;
import io.sluice.messaging.work.WorkPauses;
import io.sluice.messaging.work.WorkRunner;
import io.smallrye.common.annotation.Identifier;

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
    Progress progress() {
        return new Progress();
    }

    @Produces
    @Singleton
    MessagingMetrics metrics(MeterRegistry registry) {
        return new MessagingMetrics(registry);
    }

    @Produces
    @Singleton
    Patience patience(Progress progress, MessagingMetrics metrics) {
        return new Patience(progress, metrics);
    }

    @Produces
    @Singleton
    Backlog backlog(Transactions transactions) {
        return new Backlog(transactions);
    }

    @Produces
    @Singleton
    Duties duties(
            Transactions transactions,
            Instance instance,
            MessagingConfig.Lease lease,
            Progress progress,
            MessagingMetrics metrics) {
        return new Duties(transactions, instance, lease.duration(), lease.heartbeat(), progress, metrics);
    }

    @Produces
    @Singleton
    Outbox outbox(Instance instance, Duties duties) {
        return new Outbox(instance, duties::wake);
    }

    @Produces
    @Singleton
    DeadLetters deadLetters(Outbox outbox, Instance instance, MessagingMetrics metrics) {
        return new DeadLetters(outbox, instance, metrics);
    }

    @Produces
    @Singleton
    LetterLists letterLists(Transactions transactions) {
        return new LetterLists(transactions);
    }

    @Produces
    @Singleton
    CloseDeadLetters closeDeadLetters(
            Transactions transactions,
            WorkBoard board,
            Outbox outbox,
            MessagingMetrics metrics,
            @All List<WorkHandler<?>> workHandlers,
            @All List<FactHandler<?>> factHandlers) {
        List<Redrive> redrives = List.of(
                new RedriveWork(board, workHandlers), new RedriveMessages(factHandlers), new RedriveOutbox(outbox));
        return new CloseDeadLetters(transactions, redrives, metrics);
    }

    @Produces
    @Singleton
    CommandsOnce commandsOnce(Transactions transactions, MessagingMetrics metrics) {
        return new CommandsOnce(transactions, metrics::repeated);
    }

    @Produces
    @Singleton
    FactConsumer factConsumer(
            Transactions transactions,
            DeadLetters deadLetters,
            Patience patience,
            Progress progress,
            MessagingMetrics metrics) {
        return new FactConsumer(transactions, deadLetters, patience, progress, metrics);
    }

    @Produces
    @Singleton
    WorkBoard workBoard(Duties duties) {
        return new WorkBoard(duties::wake);
    }

    @Produces
    @Singleton
    WorkPauses workPauses(@All List<WorkHandler<?>> handlers, Duties duties) {
        return new WorkPauses(
                handlers.stream().map(handler -> handler.workClass().name()).collect(Collectors.toSet()), duties::wake);
    }

    @Produces
    @Singleton
    WorkRunner workRunner(
            Transactions transactions,
            Instance instance,
            MessagingConfig.Lease lease,
            DeadLetters deadLetters,
            Progress progress,
            Patience patience,
            MessagingMetrics metrics) {
        return new WorkRunner(
                transactions, instance, lease.duration(), lease.heartbeat(), deadLetters, progress, patience, metrics);
    }

    @Produces
    @Singleton
    Admin admin(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(AdminClientConfig.configNames());
        return Admin.create(settings);
    }

    void close(@Disposes Admin admin) {
        admin.close(Duration.ZERO);
    }

    @Produces
    @Singleton
    TopicCheck topicCheck(Admin admin, MessagingConfig.TopicSettings settings) {
        return new TopicCheck(admin, settings.create(), settings.replication(), settings.patience());
    }

    private static String passingName() {
        String process = "/pid:" + ProcessHandle.current().pid();
        try {
            return InetAddress.getLocalHost().getHostName() + process;
        } catch (UnknownHostException nameless) {
            return "localhost" + process;
        }
    }
}
