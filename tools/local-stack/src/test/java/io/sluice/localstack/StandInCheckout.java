package io.sluice.localstack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A folder that looks like a built working copy, whose services are {@link StandInService}s: this module is built
 * before the services are, and what is tested here is what starts and stops processes.
 */
public final class StandInCheckout {

    private StandInCheckout() {}

    /** Writes it and has {@link Checkout} find it in this JVM. */
    public static void use(Path root) throws IOException {
        Files.createDirectories(root.resolve("tools/local-stack"));
        Files.writeString(root.resolve("tools/local-stack/pom.xml"), "<project/>");
        for (Service service : Service.values()) {
            Path jar = root.resolve(service.module()).resolve("target/quarkus-app/quarkus-run.jar");
            Files.createDirectories(jar.getParent());
            writeJar(jar);
        }
        System.setProperty("sluice.home", root.toString());
    }

    private static void writeJar(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StandInService.class.getName());
        String entry = StandInService.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream classes = new JarOutputStream(out, manifest);
                InputStream code = StandInCheckout.class.getResourceAsStream("/" + entry)) {
            classes.putNextEntry(new JarEntry(entry));
            code.transferTo(classes);
        }
    }
}
