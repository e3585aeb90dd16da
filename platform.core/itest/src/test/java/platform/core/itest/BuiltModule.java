package platform.core.itest;

import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A module as the build left it in {@code target/classes}, which is exactly what its jar is made of.
 *
 * @param name the name that its folder gives it: the path with dots
 * @param headers its manifest; empty where it has not been built
 * @param packages the packages of its classes
 * @param registersByCode whether a class of it calls {@code registerService}
 */
record BuiltModule(String name, Map<String, String> headers, Set<String> packages, boolean registersByCode) {

    static BuiltModule read(Path root, String folder) {
        String name = folder.replaceFirst("^app-bundles/", "app/").replace('/', '.');
        Path classes = root.resolve(folder).resolve("target/classes");
        try {
            Map<String, String> headers = headers(classes.resolve("META-INF/MANIFEST.MF"));
            if (headers.isEmpty()) {
                return new BuiltModule(name, headers, Set.of(), false);
            }
            List<Path> files = classFiles(classes);
            Set<String> packages = new TreeSet<>();
            files.forEach(file -> packages.add(packageOf(classes.relativize(file))));
            return new BuiltModule(name, headers, packages, registers(classes, name, files));
        } catch (IOException e) {
            throw new IllegalStateException("The module " + folder + " cannot be read", e);
        }
    }

    private static Map<String, String> headers(Path manifest) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        if (Files.exists(manifest)) {
            try (InputStream input = Files.newInputStream(manifest)) {
                new Manifest(input)
                        .getMainAttributes()
                        .forEach((key, value) -> headers.put(key.toString(), value.toString()));
            }
        }
        return headers;
    }

    private static List<Path> classFiles(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    private static String packageOf(Path classFile) {
        Path folder = classFile.getParent();
        return folder == null ? "" : folder.toString().replace('/', '.');
    }

    /** Only its own classes count: what it embeds may be able to more than it uses. */
    private static boolean registers(Path classes, String name, List<Path> files) throws IOException {
        Path own = classes.resolve(name.replace('.', '/'));
        for (Path file : files) {
            if (file.startsWith(own)
                    && Files.readString(file, StandardCharsets.ISO_8859_1).contains("registerService")) {
                return true;
            }
        }
        return false;
    }

    Parameters header(String header) {
        return OSGiHeader.parseHeader(headers.get(header));
    }

    /** Whether it offers services to others, by Declarative Services or by its own code. */
    boolean serves() {
        return headers.containsKey("Service-Component")
                || headers.containsKey("Bundle-Activator")
                || header("Provide-Capability").containsKey("osgi.service")
                || registersByCode;
    }
}
