package io.sluice.messaging.health;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

import io.sluice.messaging.Transactions;

/** Ready while database and broker answer; having no partition is no reason not to be ready. */
@Readiness
public class DependencyReadiness implements HealthCheck {

    private static final long BROKER_SECONDS = 2;

    private final Transactions transactions;
    private final Admin admin;

    DependencyReadiness(Transactions transactions, Admin admin) {
        this.transactions = transactions;
        this.admin = admin;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("dependencies");
        String database = database();
        String broker = broker();
        return answer.withData("database", database)
                .withData("broker", broker)
                .status(database.equals("ok") && broker.equals("ok"))
                .build();
    }

    private String database() {
        try {
            return transactions.read(handle ->
                    handle.createQuery("SELECT 'ok'").mapTo(String.class).one());
        } catch (RuntimeException e) {
            return "does not answer: " + e.getMessage();
        }
    }

    private String broker() {
        try {
            admin.describeCluster().clusterId().get(BROKER_SECONDS, TimeUnit.SECONDS);
            return "ok";
        } catch (ExecutionException | TimeoutException e) {
            return "does not answer: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
