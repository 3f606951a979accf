package io.sluice.localstack;

import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import com.sun.net.httpserver.HttpServer;

/** Reads its settings where a Quarkus application does, and says that it is ready. */
public final class StandInService {

    private StandInService() {}

    public static void main(String[] arguments) throws IOException {
        Properties settings = new Properties();
        try (Reader in = Files.newBufferedReader(Path.of("config/application.properties"))) {
            settings.load(in);
        }
        String name = settings.getProperty("sluice.instance.name");
        System.out.println("this is " + name);
        if (settings.containsKey("test.dies")) {
            System.out.println("java.lang.IllegalStateException: sluice.test is wrong");
            System.exit(3);
        }
        HttpServer server = HttpServer.create(
                new InetSocketAddress("127.0.0.1", Integer.parseInt(settings.getProperty("quarkus.http.port"))), 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/settings", exchange -> {
            byte[] body = settings.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
