package platform.backup.archive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads command files. There is no text that it does not read: what it does not know, it says by the line. */
final class CommandFileParser {

    private static final int SHOWN = 200;
    private static final Pattern HOUR = Pattern.compile("[01]?\\d|2[0-3]");
    private static final Pattern MINUTES = Pattern.compile("\\d{1,5}");
    private static final Pattern SERIAL = Pattern.compile("[!-~]{1,100}");
    private static final Pattern PASSWORD = Pattern.compile("(?<=://)[^/\\s]*@");

    private CommandFileParser() {}

    /** The lines that say something, in order; empty ones and comments do not. */
    static List<CommandFileLine> parse(String file) {
        List<CommandFileLine> lines = new ArrayList<>();
        String[] texts = file.split("\r\n|\r|\n", -1);
        for (int i = 0; i < texts.length; i++) {
            String text = (i == 0 ? texts[i].replaceFirst("^\uFEFF", "") : texts[i]).strip();
            if (!text.isEmpty() && !text.startsWith("#")) {
                lines.add(line(i + 1, text));
            }
        }
        return lines;
    }

    /** Fit to be shown and logged. */
    static String shown(String text) {
        String safe = PASSWORD.matcher(text).replaceAll("").replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "\uFFFD");
        return safe.length() > SHOWN ? safe.substring(0, SHOWN) + "…" : safe;
    }

    private static CommandFileLine line(int number, String text) {
        List<String> words = List.of(text.split("\\s+"));
        List<String> rest = words.subList(Math.min(4, words.size()), words.size());
        String command = String.join(" ", words.subList(0, Math.min(4, words.size())));
        return switch (command) {
            case "mod cmd UP1 times" -> times(number, shown(text), rest);
            case "mod cmd UP1 check" -> check(number, shown(text), rest);
            case "mod cmd UP0 scfg" -> put(number, shown(text), rest);
            default -> unknown(number, text, "It is no command that is known here.");
        };
    }

    private static CommandFileLine unknown(int number, String text, String reason) {
        return new CommandFileLine.Unknown(number, shown(text), reason);
    }

    private static CommandFileLine times(int number, String text, List<String> options) {
        Optional<Set<Integer>> hours =
                Optional.of(IntStream.range(0, 24).boxed().collect(Collectors.toCollection(TreeSet::new)));
        Optional<Integer> initial = Optional.of(0);
        for (int i = 0; i < options.size(); i += 2) {
            String value = i + 1 < options.size() ? options.get(i + 1) : "";
            switch (options.get(i)) {
                case "/allow" -> hours = hours(value);
                case "/initial" ->
                    initial = Optional.of(value)
                            .filter(it -> MINUTES.matcher(it).matches())
                            .map(Integer::valueOf);
                default -> hours = Optional.empty();
            }
        }
        if (hours.isEmpty() || initial.isEmpty()) {
            return unknown(number, text, "times takes /allow with hours from 0 to 23, and /initial with minutes.");
        }
        return new CommandFileLine.Times(number, text, Set.copyOf(hours.get()), initial.get());
    }

    private static Optional<Set<Integer>> hours(String text) {
        List<String> words = Arrays.asList(text.split(",", -1));
        return words.stream().allMatch(it -> HOUR.matcher(it).matches())
                ? Optional.of(words.stream().map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new)))
                : Optional.empty();
    }

    private static CommandFileLine check(int number, String text, List<String> words) {
        if (words.size() != 2 || !SERIAL.matcher(words.get(1)).matches()) {
            return unknown(number, text, "check takes a final command and a serial.");
        }
        return new CommandFileLine.Check(number, text, words.get(1));
    }

    private static CommandFileLine put(int number, String text, List<String> words) {
        if (words.size() != 1) {
            return unknown(number, text, "scfg takes one address.");
        }
        String url = words.get(0);
        if (!url.startsWith("http://") && !url.startsWith("https://")) {
            return unknown(number, text, "The address has to begin with http:// or https://.");
        }
        return HashParameters.mistake(url)
                .<CommandFileLine>map(reason -> unknown(number, text, reason))
                .orElseGet(() -> new CommandFileLine.Put(number, text, url));
    }
}
