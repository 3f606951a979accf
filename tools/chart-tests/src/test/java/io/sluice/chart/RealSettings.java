package io.sluice.chart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;

/** Which properties a service reads: those of its own configuration types, and those of the parts of Quarkus that it has. */
final class RealSettings {

    private static final Pattern CONFIG_TYPE =
            Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]+)\"\\)\\s+(?:public )?interface (\\w+)");
    private static final Pattern CONFIG_PROPERTY = Pattern.compile("@ConfigProperty\\(name = \"([^\"]+)\"");

    /** Patterns of names with a {@code *} for each name that a deployment chooses. */
    private static final Set<String> QUARKUS = quarkus();

    private final String service;
    private final Properties builtIn = new Properties();
    private final Set<String> own = new HashSet<>();

    RealSettings(String service) {
        this.service = service;
        Path module = Repository.module(service);
        try (var reader =
                java.nio.file.Files.newBufferedReader(module.resolve("src/main/resources/application.properties"))) {
            builtIn.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List.of(module, Repository.ROOT.resolve("messaging"))
                .forEach(folder -> Repository.files(folder.resolve("src/main/java"), ".java")
                        .forEach(this::readSource));
    }

    static int portOf(String service) {
        return Integer.parseInt(new RealSettings(service).builtIn.getProperty("quarkus.http.port"));
    }

    /** Whether an environment variable of that name says something to the service. */
    boolean knowsVariable(String variable) {
        if (variable.startsWith("KAFKA_")) {
            return kafka(variable.substring("KAFKA_".length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '.'));
        }
        return own.stream().anyMatch(name -> variable(name).matcher(variable).matches())
                || QUARKUS.stream()
                        .filter(this::has)
                        .anyMatch(name -> variable(name).matcher(variable).matches() && isOfThisService(variable));
    }

    /** Whether a property of that name says something to the service. */
    boolean knowsProperty(String property) {
        return own.stream().anyMatch(name -> property(name).matcher(property).matches())
                || QUARKUS.stream()
                        .filter(this::has)
                        .anyMatch(name -> property(name).matcher(property).matches());
    }

    /** Parts of Quarkus stand on this class path for all services; one has a database or a channel when it says so itself. */
    private boolean has(String name) {
        return name.startsWith("quarkus.datasource") || name.startsWith("quarkus.flyway")
                ? builtIn.containsKey("quarkus.datasource.db-kind")
                : true;
    }

    /** A client, or a second database, must be one that the service has. */
    private boolean isOfThisService(String variable) {
        Matcher client = Pattern.compile("QUARKUS_GRPC_CLIENTS_([A-Z]+)_.*").matcher(variable);
        if (client.matches()) {
            return builtIn.containsKey("quarkus.grpc.clients." + client.group(1).toLowerCase(Locale.ROOT) + ".host");
        }
        return !variable.contains("_LEDGER_") || builtIn.containsKey("quarkus.datasource.ledger.db-kind");
    }

    private static boolean kafka(String name) {
        return ConsumerConfig.configNames().contains(name)
                || ProducerConfig.configNames().contains(name)
                || AdminClientConfig.configNames().contains(name);
    }

    private void readSource(Path source) {
        String text = Repository.read(source);
        Matcher types = CONFIG_TYPE.matcher(text);
        String file = source.getFileName().toString().replace(".java", "");
        String packageName = text.replaceFirst("(?s).*?package ([a-z0-9.]+);.*", "$1");
        while (types.find()) {
            String type = types.group(2);
            own.addAll(names(packageName + "." + (type.equals(file) ? type : file + "$" + type)));
        }
        Matcher properties = CONFIG_PROPERTY.matcher(text);
        while (properties.find()) {
            own.add(properties.group(1));
        }
    }

    private static Set<String> quarkus() {
        Set<String> names = new HashSet<>();
        try {
            for (URL list : Collections.list(
                    RealSettings.class.getClassLoader().getResources("META-INF/quarkus-config-roots.list"))) {
                for (String type : lines(list)) {
                    Class<?> root = Class.forName(type, false, RealSettings.class.getClassLoader());
                    ConfigRoot phase = root.getAnnotation(ConfigRoot.class);
                    // What was fixed when the image was built cannot be set any more.
                    if (phase != null
                            && phase.phase() == ConfigPhase.RUN_TIME
                            && root.isAnnotationPresent(ConfigMapping.class)) {
                        names.addAll(names(type));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return names;
    }

    private static List<String> lines(URL list) throws IOException {
        try (var reader = new BufferedReader(new InputStreamReader(list.openStream(), StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private static Set<String> names(String type) {
        try {
            return ConfigMappings.getProperties(ConfigClass.configClass(Class.forName(type)))
                    .keySet();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The environment's spelling: whatever is no letter and no digit is an underscore, also the quotes around a chosen name. */
    private static Pattern variable(String name) {
        return Pattern.compile(name.chars()
                .mapToObj(letter -> letter == '*'
                        ? "_?[A-Z0-9_]+?_?"
                        : Character.isLetterOrDigit(letter)
                                ? String.valueOf(Character.toUpperCase((char) letter))
                                : "_+")
                .collect(Collectors.joining()));
    }

    private static Pattern property(String name) {
        return Pattern.compile(name.chars()
                .mapToObj(
                        letter -> letter == '*' ? "(\"[^\"]+\"|[^.\"]+)" : Pattern.quote(String.valueOf((char) letter)))
                .collect(Collectors.joining()));
    }

    /** Properties of a file as a pod reads it. */
    static Map<String, String> parse(String file) {
        Properties properties = new Properties();
        try {
            properties.load(new java.io.StringReader(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> sorted = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> sorted.put(name, properties.getProperty(name)));
        return sorted;
    }

    @Override
    public String toString() {
        return service;
    }
}
