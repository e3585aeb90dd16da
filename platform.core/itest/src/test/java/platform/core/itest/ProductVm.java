package platform.core.itest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the product's Java VM takes, as the kernel and the VM itself say. */
final class ProductVm {

    private static final Duration JCMD = Duration.ofSeconds(30);
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern FILES = Pattern.compile("(?m)^Max open files\\s+(\\d+)");

    private final ProcessHandle process;
    private final Path proc;

    ProductVm(Product product) {
        this(product.vm());
    }

    ProductVm(ProcessHandle process) {
        this.process = process;
        this.proc = Path.of("/proc", String.valueOf(process.pid()));
    }

    /** Megabytes of memory, with all that lies outside the heap. */
    int resident() {
        return status("VmRSS") / 1024;
    }

    int threads() {
        return status("Threads");
    }

    private int status(String key) {
        return number(Pattern.compile("(?m)^" + key + ":\\s+(\\d+)"), ProductFiles.text(proc.resolve("status")));
    }

    /** Open sockets. Connections to the database come and go by themselves: without those. */
    int sockets(ProductDatabase database) {
        String port = String.format(":%04X", database.port());
        Set<String> connections = Stream.of("net/tcp", "net/tcp6")
                .flatMap(file -> ProductFiles.text(proc.resolve(file)).lines())
                .map(line -> line.strip().split("\\s+"))
                .filter(fields -> fields[2].endsWith(port))
                .map(fields -> "socket:[" + fields[9] + "]")
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.list(proc.resolve("fd"))) {
            return (int) files.map(ProductVm::target)
                    .filter(it -> it.startsWith("socket:") && !connections.contains(it))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot count the open sockets of " + process.pid(), e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    /** The file descriptors it may open. */
    int filesAllowed() {
        return number(FILES, ProductFiles.text(proc.resolve("limits")));
    }

    /** Kilobytes of objects in the heap that are in use. */
    int liveKilobytes() {
        return number(TOTAL, histogram()) / 1024;
    }

    /** How many objects of a class are in use. */
    int live(String className) {
        Matcher line = Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(className) + "(\\s|$)")
                .matcher(histogram());
        return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }

    /** Collects the garbage first. */
    private String histogram() {
        Path java = Path.of(process.info().command().orElse(""));
        Path own = java.resolveSibling("jcmd");
        Path jcmd = Files.isExecutable(own) ? own : Path.of(System.getProperty("java.home"), "bin/jcmd");
        ProductProcess.Result result = ProductProcess.run(
                new ProcessBuilder(jcmd.toString(), String.valueOf(process.pid()), "GC.class_histogram"), "", JCMD);
        if (result.status() != 0) {
            throw new AssertionError("jcmd failed: " + result);
        }
        return result.out();
    }

    private static int number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("No '" + pattern + "' in: " + text);
        }
        return Integer.parseInt(matcher.group(1));
    }
}
