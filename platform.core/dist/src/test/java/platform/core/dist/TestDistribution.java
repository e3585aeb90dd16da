package platform.core.dist;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.osgi.framework.launch.Framework;

/** A distribution made of the launcher as it was compiled, Felix, the command, and bundles of {@link FakeActivator}. */
final class TestDistribution {

    private static final Path CLASSES = Path.of("target/classes");

    private final Path root;

    private TestDistribution(Path root) {
        this.root = root;
    }

    static TestDistribution in(Path folder) throws IOException {
        Path root = Files.createDirectories(folder).toRealPath();
        TestDistribution distribution = new TestDistribution(root);
        Files.createDirectories(root.resolve("lib"));
        Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("etc"));
        Files.copy(locationOf(Framework.class), root.resolve("lib/org.apache.felix.framework.jar"));
        Files.copy(Path.of("../../platform"), distribution.command(), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(Path.of("src/main/distribution/lib/logging.properties"), root.resolve("lib/logging.properties"));
        distribution.writeLauncher();
        return distribution;
    }

    /** One that gets up: a database, a webserver, and a manager that says so. */
    static TestDistribution good(Path folder) throws IOException {
        return in(folder)
                .bundle(2, "fake.db", Map.of("Fake-Service", "platform.db.api.Databases"))
                .bundle(3, "fake.web", Map.of("Fake-Service", "platform.webserver.api.Webserver"))
                .bundle(4, "fake.manager", Map.of("Fake-Does", "ready"));
    }

    Path root() {
        return root;
    }

    Path command() {
        return root.resolve("bin/platform");
    }

    Path launcher() {
        return root.resolve("lib/platform.core.dist.jar");
    }

    /** Adds a bundle that starts at the level and does what the headers say. */
    TestDistribution bundle(int level, String name, Map<String, String> headers) throws IOException {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Bundle-ManifestVersion", "2");
        all.put("Bundle-SymbolicName", name);
        all.put("Bundle-Version", "1.2.3");
        all.put("Bundle-Activator", FakeActivator.class.getName());
        all.merge(
                "Import-Package",
                "org.osgi.framework,org.osgi.service.condition,com.sun.net.httpserver",
                (a, b) -> a + "," + b);
        Path folder = Files.createDirectories(root.resolve(String.format("bundles/%02d", level)));
        try (JarOutputStream jar = jar(folder.resolve(name + ".jar"), manifest(all))) {
            for (Class<?> type : new Class<?>[] {FakeActivator.class, nestedIn(FakeActivator.class)}) {
                String entry = type.getName().replace('.', '/') + ".class";
                try (InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
                    add(jar, entry, in);
                }
            }
        }
        return this;
    }

    private static Class<?> nestedIn(Class<?> type) {
        return type.getDeclaredClasses()[0];
    }

    private void writeLauncher() throws IOException {
        Manifest manifest;
        try (InputStream in = Files.newInputStream(CLASSES.resolve("META-INF/MANIFEST.MF"))) {
            manifest = new Manifest(in);
        }
        try (JarOutputStream jar = jar(launcher(), manifest);
                Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    add(jar, CLASSES.relativize(file).toString(), in);
                }
            }
        }
    }

    private static Manifest manifest(Map<String, String> headers) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
        return manifest;
    }

    private static JarOutputStream jar(Path file, Manifest manifest) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new JarOutputStream(out, manifest);
    }

    private static void add(JarOutputStream jar, String name, InputStream content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        content.transferTo(jar);
        jar.closeEntry();
    }

    private static Path locationOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
