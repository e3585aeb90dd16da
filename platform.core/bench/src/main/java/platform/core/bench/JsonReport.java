package platform.core.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.List;

/** The report for programs: the same, with each single value. */
final class JsonReport {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private JsonReport() {}

    private record Document(
            Machine machine,
            List<JvmEntry> jvms,
            List<String> servers,
            int sockets,
            int instances,
            double seconds,
            int rounds,
            List<Entry> figures,
            List<String> failures) {}

    private record JvmEntry(String name, String version, List<String> flags) {}

    private record Entry(
            String jvm,
            String server,
            String phase,
            String table,
            String row,
            String figure,
            Double goal,
            double median,
            List<Double> values) {}

    static String of(Report report) {
        return GSON.toJson(new Document(
                report.machine(),
                report.jvms().stream()
                        .map(jvm -> new JvmEntry(jvm.name().toString(), jvm.version(), jvm.flags()))
                        .toList(),
                report.servers().stream().map(ServerKind::label).toList(),
                report.sockets(),
                report.instances(),
                report.seconds(),
                report.rounds(),
                entries(report.results()),
                report.results().failures()));
    }

    private static List<Entry> entries(Results results) {
        return results.values().entrySet().stream()
                .map(each -> entry(each.getKey(), each.getValue()))
                .toList();
    }

    private static Entry entry(Results.Cell cell, List<Double> values) {
        Figure figure = cell.figure();
        return new Entry(
                cell.jvm().toString(),
                cell.server().label(),
                figure.phase(),
                figure.table(),
                figure.row(),
                figure.column(),
                figure.goal().orElse(null),
                Statistics.median(values),
                values);
    }
}
