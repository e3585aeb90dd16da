package platform.core.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The command line.
 *
 * @param benchmark what is measured
 * @param jvms empty for the default
 * @param distribution where the platform was built; named by the command {@code platform}
 */
record Options(
        Benchmark benchmark,
        List<JvmName> jvms,
        boolean quick,
        List<ServerKind> servers,
        List<Phase> phases,
        int sockets,
        int instances,
        int megabytes,
        int kills,
        long seed,
        int writes,
        double seconds,
        int rounds,
        Optional<Path> json,
        Optional<Path> distribution) {

    private static final Set<String> KNOWN = Set.of(
            "--jvm",
            "--server",
            "--phase",
            "--sockets",
            "--instances",
            "--size",
            "--kills",
            "--seed",
            "--writer",
            "--seconds",
            "--minutes",
            "--rounds",
            "--json",
            "--distribution");
    private static final String QUICK = "--quick";
    private static final Map<String, String> DEFAULTS = Map.of(
            "--sockets", "19000",
            "--instances", "1000",
            "--size", "2G",
            "--kills", "200",
            "--writer", "20",
            "--seconds", "5",
            "--minutes", "10",
            "--rounds", "3");
    private static final Map<String, String> QUICK_DEFAULTS = Map.of(
            "--sockets", "1000",
            "--instances", "30",
            "--size", "100M",
            "--kills", "3",
            "--seconds", "1",
            "--minutes", "1",
            "--rounds", "1");

    private static final int LEAST_INSTANCES = 3;
    private static final int MOST_INSTANCES = 5000;

    /** Files that a process has open besides its sockets. */
    private static final int OTHER_FILES = 600;

    private static final int MOST_KILLS = 9999;
    private static final int MOST_WRITES = 1000;
    private static final int MOST_SEED = 999_999_999;

    /** @param filesLimit how many files a process may have open */
    static Options parse(Benchmark benchmark, List<String> arguments, int filesLimit) {
        Map<String, String> given = split(benchmark, arguments);
        boolean quick = given.containsKey(QUICK);
        Map<String, String> all = defaults(benchmark, quick);
        all.putAll(given);
        return new Options(
                benchmark,
                list(all.getOrDefault("--jvm", "")).map(JvmName::parse).toList(),
                quick,
                chosen("--server", all, benchmark.servers(), ServerKind::label),
                chosen("--phase", all, benchmark.phases(), Phase::name),
                (int) number(all, "--sockets", 1, filesLimit - OTHER_FILES, true),
                (int) number(all, "--instances", LEAST_INSTANCES, MOST_INSTANCES, true),
                megabytes(all.get("--size")),
                (int) number(all, "--kills", 1, MOST_KILLS, true),
                (long) number(all, "--seed", 0, MOST_SEED, true),
                (int) number(all, "--writer", 1, MOST_WRITES, true),
                seconds(benchmark, all),
                (int) number(all, "--rounds", 1, 99, true),
                Optional.ofNullable(all.get("--json")).map(Path::of),
                Optional.ofNullable(all.get("--distribution")).map(Path::of));
    }

    private static double seconds(Benchmark benchmark, Map<String, String> all) {
        return benchmark == Benchmark.CHAOS
                ? Duration.ofMinutes(1).toSeconds() * number(all, "--minutes", 0.1, 1440, false)
                : number(all, "--seconds", 0.1, 600, false);
    }

    private static Map<String, String> defaults(Benchmark benchmark, boolean quick) {
        Map<String, String> all = new HashMap<>(DEFAULTS);
        all.put("--seed", String.valueOf(ThreadLocalRandom.current().nextInt(MOST_SEED)));
        if (quick) {
            all.putAll(QUICK_DEFAULTS);
        }
        if (benchmark.proves()) {
            all.put("--rounds", "1");
        }
        benchmark.megabytes().ifPresent(size -> all.put("--size", size + "M"));
        return all;
    }

    private static Map<String, String> split(Benchmark benchmark, List<String> arguments) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String[] option = arguments.get(i).split("=", 2);
            if (option[0].equals(QUICK) && option.length == 1) {
                given.put(QUICK, "");
            } else if (!KNOWN.contains(option[0])) {
                throw new UsageException(
                        "platform bench " + benchmark.word() + " does not know '" + arguments.get(i) + "'.");
            } else if (option.length == 2) {
                given.put(option[0], option[1]);
            } else if (++i < arguments.size()) {
                given.put(option[0], arguments.get(i));
            } else {
                throw new UsageException("The option " + option[0] + " needs a value.");
            }
        }
        return given;
    }

    private static Stream<String> list(String value) {
        return Stream.of(value.split(",")).map(String::strip).filter(each -> !each.isEmpty());
    }

    /** All of them where none is named. */
    private static <T> List<T> chosen(String option, Map<String, String> all, List<T> known, Function<T, String> name) {
        if (!all.containsKey(option)) {
            return known;
        }
        return list(all.get(option))
                .map(each -> named(option, each, known, name))
                .toList();
    }

    private static <T> T named(String option, String word, List<T> known, Function<T, String> name) {
        return known.stream()
                .filter(each -> name.apply(each).equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException(option + " takes "
                        + String.join(", ", known.stream().map(name).toList()) + ", not '" + word + "'."));
    }

    private static int megabytes(String text) {
        if (!text.matches("[1-9][0-9]{0,3}M|[1-9][0-9]?G")) {
            throw new UsageException("--size takes a size such as 200M or 2G, not '" + text + "'.");
        }
        int number = Integer.parseInt(text.substring(0, text.length() - 1));
        return text.endsWith("G") ? number * 1000 : number;
    }

    private static double number(Map<String, String> all, String option, double least, double most, boolean whole) {
        String text = all.get(option);
        try {
            double number = Double.parseDouble(text);
            if (number >= least && number <= most && (!whole || number == Math.rint(number))) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outside(option, least, most, text);
        }
        throw outside(option, least, most, text);
    }

    private static UsageException outside(String option, double least, double most, String text) {
        return new UsageException(option + " takes a number from " + Markdown.number(least) + " to "
                + Markdown.number(most) + ", not '" + text + "'.");
    }
}
