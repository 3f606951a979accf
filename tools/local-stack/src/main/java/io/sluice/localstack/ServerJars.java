package io.sluice.localstack;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Where Maven has put the broker's and the database's jars; the lists are written by the build of tools/servers. */
final class ServerJars {

    private ServerJars() {}

    static List<Path> broker() {
        return listed("broker.path");
    }

    static Path database() {
        return listed("database.path").getFirst();
    }

    private static List<Path> listed(String list) {
        try (InputStream in = ServerJars.class.getResourceAsStream("/io/sluice/servers/" + list)) {
            if (in == null) {
                throw missing(list);
            }
            String paths = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            List<Path> jars =
                    Arrays.stream(paths.split(File.pathSeparator)).map(Path::of).toList();
            jars.stream().filter(Files::notExists).findFirst().ifPresent(jar -> {
                throw missing(jar.toString());
            });
            return jars;
        } catch (IOException e) {
            throw new StackException("Cannot read " + list, e);
        }
    }

    private static StackException missing(String what) {
        return new StackException(
                what + " is not there. Have Maven get it: ./mvnw -q -pl tools/servers,tools/local-stack package");
    }
}
