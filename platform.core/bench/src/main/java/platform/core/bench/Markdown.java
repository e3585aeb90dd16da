package platform.core.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report for people: a table for each kind of measurement. */
final class Markdown {

    private static final int SMALL = 10;
    private static final int MEDIUM = 100;

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private Markdown(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        Markdown markdown = new Markdown(report);
        markdown.writeHead();
        markdown.writeTables();
        markdown.writeGoals();
        markdown.writeFailures();
        return markdown.text.toString();
    }

    private void writeHead() {
        Machine machine = report.machine();
        line("# " + report.benchmark().title());
        line("");
        line(machine.cpu() + ", " + machine.cores() + " cores, " + machine.memory() + ", " + machine.kernel() + ".");
        line(amount() + "median of " + report.rounds() + ", each " + number(report.seconds())
                + " s where it is a rate.");
        line("");
        row(List.of("JVM", "version", "flags"));
        row(List.of("---", "---", "---"));
        report.jvms()
                .forEach(jvm ->
                        row(List.of(jvm.name().toString(), jvm.version(), "`" + String.join(" ", jvm.flags()) + "`")));
        line("");
        report.servers().forEach(server -> line("- " + server.label() + ": " + server.title()));
    }

    private String amount() {
        return switch (report.benchmark()) {
            case SOCKETS -> String.format(Locale.ROOT, "%,d sockets where they are idle; the ", report.sockets());
            case DATABASES, REST -> String.format(Locale.ROOT, "%,d instances; the ", report.instances());
            case BACKUP, BACKUP_KILLS, BACKUP_STRANGE, MOVE, MOVE_KILLS ->
                String.format(Locale.ROOT, "A database of %,d MB; the ", report.megabytes());
            case FILES -> "The ";
            case CHAOS -> "Faults, one after the other, in one go; the ";
            case PROCESS -> String.format(Locale.ROOT, "%,d idle sockets; the ", report.sockets());
        };
    }

    private void writeTables() {
        Map<String, List<Figure>> tables = new LinkedHashMap<>();
        for (Phase phase : report.phases()) {
            for (Figure figure : phase.figures()) {
                tables.merge(figure.table(), List.of(figure), Markdown::both);
            }
        }
        tables.forEach(this::writeTable);
    }

    private static List<Figure> both(List<Figure> former, List<Figure> more) {
        return Stream.of(former, more).flatMap(List::stream).toList();
    }

    private void writeTable(String title, List<Figure> figures) {
        line("");
        line("## " + title);
        line("");
        Map<String, List<Figure>> rows =
                figures.stream().collect(Collectors.groupingBy(Figure::row, LinkedHashMap::new, Collectors.toList()));
        List<Figure> first = rows.values().iterator().next();
        row(cells(
                "JVM",
                rows.containsKey("") ? "server" : "",
                first.stream().map(Figure::column).toList()));
        row(cells("---", "---", first.stream().map(figure -> "---:").toList()));
        for (Jvm jvm : report.jvms()) {
            for (ServerKind server : report.servers()) {
                rows.forEach((name, ofRow) -> writeRow(jvm.name(), server, name, ofRow));
            }
        }
    }

    private void writeRow(JvmName jvm, ServerKind server, String name, List<Figure> figures) {
        List<String> values = figures.stream()
                .map(figure -> cell(new Results.Cell(jvm, server, figure)))
                .toList();
        row(cells(jvm.toString(), name.isEmpty() ? server.label() : name, values));
    }

    private String cell(Results.Cell cell) {
        Optional<Double> median = report.results().median(cell);
        return median.map(Markdown::number).orElse("-");
    }

    private void writeGoals() {
        List<Figure> goals = report.phases().stream()
                .flatMap(phase -> phase.figures().stream())
                .filter(figure -> figure.goal().isPresent())
                .toList();
        if (goals.isEmpty()) {
            return;
        }
        line("");
        line("## Goals");
        line("");
        row(List.of("JVM", "figure", "at most", "measured", ""));
        row(List.of("---", "---", "---:", "---:", "---"));
        for (Jvm jvm : report.jvms()) {
            goals.forEach(figure -> writeGoal(jvm.name(), figure, figure.goal().orElseThrow()));
        }
    }

    /** Only the platform has goals. */
    private void writeGoal(JvmName jvm, Figure figure, double goal) {
        Results.Cell cell = new Results.Cell(jvm, ServerKind.PLATFORM, figure);
        String reached = report.results()
                .median(cell)
                .map(median -> median <= goal ? "reached" : "missed")
                .orElse("not measured");
        row(List.of(jvm.toString(), figure.place() + ": " + figure.column(), number(goal), cell(cell), reached));
    }

    private static List<String> cells(String first, String second, List<String> others) {
        return Stream.concat(Stream.of(first, second), others.stream()).toList();
    }

    private void writeFailures() {
        if (!report.results().failures().isEmpty()) {
            line("");
            line("## What could not be measured");
            line("");
            report.results().failures().forEach(failure -> line("- " + failure));
        }
    }

    /** Three digits or more say enough. */
    static String number(double value) {
        double size = Math.abs(value);
        boolean whole = size >= MEDIUM || value == Math.rint(value);
        return String.format(Locale.ROOT, whole ? "%,.0f" : size < SMALL ? "%.2f" : "%.1f", value);
    }

    private void row(List<String> cells) {
        line("| " + String.join(" | ", cells) + " |");
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
