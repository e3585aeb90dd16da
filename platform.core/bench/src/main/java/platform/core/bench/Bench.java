package platform.core.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** {@code Bench BENCHMARK [OPTION ...]}: what {@code ./platform bench} runs. Exit status 1: not all could be measured. */
public final class Bench {

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Bench() {}

    public static void main(String[] arguments) {
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        try {
            System.exit(run(arguments, err));
        } catch (UsageException e) {
            err.println(e.getMessage());
            System.exit(USAGE);
        } catch (BenchException e) {
            err.println(e.getMessage());
            System.exit(FAILED);
        }
    }

    private static int run(String[] arguments, PrintStream err) {
        Benchmark benchmark = Benchmark.named(arguments.length == 0 ? "" : arguments[0]);
        List<String> rest = Arrays.asList(arguments).subList(1, arguments.length);
        Options options = Options.parse(benchmark, rest, new ProcFiles(Path.of("/proc/self")).openFilesLimit());
        Report report = measure(options, err);
        new PrintStream(System.out, true, StandardCharsets.UTF_8).print(Markdown.of(report));
        options.json().ifPresent(file -> write(file, JsonReport.of(report)));
        return report.results().failures().isEmpty() ? 0 : FAILED;
    }

    private static Report measure(Options options, PrintStream err) {
        try (Workspace workspace = new Workspace()) {
            Servers servers =
                    new Servers(workspace, options.distribution().map(home -> new Distribution(home, ownJar())));
            return new SocketBench(options, jvms(options), servers, workspace, err).measure();
        }
    }

    private static List<Jvm> jvms(Options options) {
        Jvms here = Jvms.ofThisMachine();
        if (!options.jvms().isEmpty()) {
            return options.jvms().stream().map(here::get).toList();
        }
        return options.quick() || options.benchmark().proves() ? here.quick() : here.compared();
    }

    private static Path ownJar() {
        try {
            return Path.of(Bench.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new BenchException("This program's jar cannot be found: " + e.getMessage(), e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text + "\n");
        } catch (IOException e) {
            throw new BenchException("The file " + file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
