package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A real tree of files: those of the JDK that runs the test, as many as fit, and classes of its base module. It is uploaded
 * with curl, and compared byte by byte.
 */
final class ProductTree {

    private static final long LARGEST = 230L << 20;
    private static final long SMALL = 1L << 20;

    /** Where in the instance it goes. */
    private static final String ROOT = "/dav/tree/";

    private final Map<String, Path> files = new TreeMap<>();
    private final Map<String, String> digests = new TreeMap<>();
    private long bytes;

    /** Small files lie in the scratch folder, all others where the JDK has them. */
    ProductTree(Path scratch) {
        Path jdk = Path.of(System.getProperty("java.home"));
        Path classes = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/java");
        for (String folder : List.of("lang", "util", "util/concurrent")) {
            list(classes.resolve(folder), 1).forEach(file -> add("classes/" + folder, copy(file, scratch, folder)));
        }
        for (Path file : list(jdk, Integer.MAX_VALUE)) {
            addWhatFits(jdk, file);
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(500);
        assertThat(bytes).isGreaterThanOrEqualTo(200L << 20);
    }

    /** The many small ones first, then the largest that fit. */
    private static List<Path> list(Path folder, int depth) {
        Comparator<Path> order = Comparator.comparing((Path file) -> size(file) > SMALL)
                .thenComparing(file -> size(file) > SMALL ? -size(file) : 0)
                .thenComparing(Path::toString);
        try (Stream<Path> found = Files.walk(folder, depth, FileVisitOption.FOLLOW_LINKS)) {
            return found.filter(file -> Files.isRegularFile(file) && Files.isReadable(file))
                    .sorted(order)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at " + file, e);
        }
    }

    private static Path copy(Path file, Path scratch, String folder) {
        Path target = scratch.resolve(folder).resolve(file.getFileName().toString());
        ProductFiles.write(target, ProductFiles.bytes(file));
        return target;
    }

    private void addWhatFits(Path jdk, Path file) {
        if (bytes + size(file) <= LARGEST) {
            Path parent = jdk.relativize(file.getParent());
            add(parent.toString().isEmpty() ? "jdk" : "jdk/" + parent, file);
        }
    }

    private void add(String folder, Path file) {
        files.put(folder + "/" + file.getFileName(), file);
        bytes += size(file);
    }

    int count() {
        return files.size();
    }

    long bytes() {
        return bytes;
    }

    /** One curl, all files one after the other. */
    void upload(ProductInstance instance) {
        ProcessBuilder curl = new ProcessBuilder("curl", "--config", "-");
        ProductProcess.Result result = ProductProcess.run(curl, config(instance), Duration.ofMinutes(5));
        assertThat(result.status()).as("curl: %s", result.err()).isZero();
        List<String> lines = result.out().lines().toList();
        assertThat(lines)
                .hasSize(files.size() + folders().size())
                .allSatisfy(line -> assertThat(line).startsWith("201 "));
        assertThat(lines.stream()
                        .mapToInt(line -> Integer.parseInt(line.split(" ")[1]))
                        .sum())
                .as("connections that the server let curl make")
                .isLessThan(10);
    }

    private String config(ProductInstance instance) {
        String common = "silent\nshow-error\nuser = \"" + ProductInstance.USER + ":" + instance.password() + "\"\n"
                + "write-out = \"%{http_code} %{num_connects} %{method} %{url}\\n\"\n";
        String makeFolders = folders().stream()
                .map(folder -> url(instance, folder.isEmpty() ? "" : folder + "/"))
                .collect(Collectors.joining("", "request = \"MKCOL\"\n", ""));
        String upload = files.entrySet().stream()
                .map(file -> "upload-file = \"" + file.getValue() + "\"\n" + url(instance, file.getKey()))
                .collect(Collectors.joining());
        return common + makeFolders + "next\n" + common + upload;
    }

    private static String url(ProductInstance instance, String name) {
        return "url = \"" + instance.uri(ROOT + encode(name)) + "\"\n";
    }

    private static String encode(String name) {
        return Arrays.stream(name.split("/", -1))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    /** Parents first; the root is the empty name. */
    private TreeSet<String> folders() {
        TreeSet<String> folders = new TreeSet<>();
        for (String name : files.keySet()) {
            for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
                folders.add(name.substring(0, slash));
            }
        }
        folders.add("");
        return folders;
    }

    /** Downloads every file and compares every byte, by their SHA-256. */
    void compare(ProductInstance instance) {
        Map<String, String> wrong = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            var response = ProductHttp.send(instance.request(ROOT + encode(name)), BodyHandlers.ofInputStream());
            String digest = ProductFiles.digest(response.body());
            if (response.statusCode() != 200 || !digest.equals(digestOf(name, file))) {
                wrong.put(name, response.statusCode() + " " + digest);
            }
        });
        assertThat(wrong).as("files that are not what was uploaded").isEmpty();
    }

    private String digestOf(String name, Path file) {
        return digests.computeIfAbsent(name, key -> digest(file));
    }

    private static String digest(Path file) {
        try {
            return ProductFiles.digest(Files.newInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }
}
