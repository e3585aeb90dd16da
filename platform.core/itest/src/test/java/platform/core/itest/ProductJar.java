package platform.core.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars made by the tests. */
final class ProductJar {

    private static final String VERSION = "Bundle-Version";

    private ProductJar() {}

    static String version(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(VERSION);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + jar, e);
        }
    }

    /** The same bundle under another version. */
    static Path withVersion(Path jar, String version, Path folder) {
        Path copy = folder.resolve(jar.getFileName());
        try (JarFile from = new JarFile(jar.toFile())) {
            Manifest manifest = from.getManifest();
            manifest.getMainAttributes().putValue(VERSION, version);
            try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(copy), manifest)) {
                copyEntries(from, to);
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy " + jar, e);
        }
    }

    private static void copyEntries(JarFile from, JarOutputStream to) throws IOException {
        List<JarEntry> entries = from.stream()
                .filter(entry -> !entry.getName().equals(JarFile.MANIFEST_NAME))
                .toList();
        for (JarEntry entry : entries) {
            to.putNextEntry(new JarEntry(entry.getName()));
            from.getInputStream(entry).transferTo(to);
        }
    }

    /** A bundle of one class of the tests, which is also its activator. */
    static void bundle(Path jar, Class<?> activator, String imports) {
        Map<String, String> headers = Map.of(
                "Bundle-SymbolicName", activator.getName(),
                "Bundle-Activator", activator.getName(),
                "Import-Package", imports);
        String name = activator.getName().replace('.', '/') + ".class";
        try (var code = activator.getClassLoader().getResourceAsStream(name)) {
            write(jar, headers, Map.of(name, code.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    /** A jar of the given entries, with those headers and a version. */
    static void write(Path jar, Map<String, String> headers, Map<String, byte[]> entries) {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue(VERSION, "1.0.0");
        headers.forEach(attributes::putValue);
        try (JarOutputStream to = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                to.putNextEntry(new JarEntry(entry.getKey()));
                to.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make " + jar, e);
        }
    }
}
