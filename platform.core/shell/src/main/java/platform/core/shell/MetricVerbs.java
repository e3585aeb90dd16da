package platform.core.shell;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.MetricPoint;
import platform.core.api.MetricSeries;
import platform.core.api.Metrics;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What the platform and its instances do and use. */
final class MetricVerbs {

    private static final List<MetricSeries> TOP = List.of(
            MetricSeries.REQUESTS,
            MetricSeries.ERRORS,
            MetricSeries.LATENCY_P95,
            MetricSeries.IN_FLIGHT,
            MetricSeries.SOCKETS,
            MetricSeries.BUSY,
            MetricSeries.CPU,
            MetricSeries.QUEUE,
            MetricSeries.DATABASE_SIZE,
            MetricSeries.DATABASE_CONNECTIONS);

    private final CommandConsole console;
    private final Metrics metrics;
    private final Optional<Instances> instances;

    MetricVerbs(CommandConsole console, Metrics metrics, Optional<Instances> instances) {
        this.console = console;
        this.metrics = metrics;
        this.instances = instances;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "platform:metrics",
            description = "Show what the platform, or an instance, does and uses: now, or since a while ago.",
            footer = {
                "%nWithout --since the last ten seconds are shown. What is kept is of every ten seconds for an hour, of"
                        + " every minute for a day, of every ten minutes for 30 days.",
                "%nExamples:",
                "  platform:metrics",
                "  platform:metrics requests --since 2h",
                "  platform:metrics latency-p95 --instance acme@example.com --since 7d",
                "  platform:metrics --since 30d -o json"
            })
    void metrics(
            @Parameters(
                            paramLabel = "METRIC",
                            arity = "0..1",
                            description =
                                    "One of what is shown without it. Default: all, or some of them in a table with"
                                            + " --since.")
                    String name,
            @Option(
                            names = "--instance",
                            paramLabel = "INSTANCE",
                            description = "Of this instance: name@domain. Default: of the platform as a whole.")
                    String instance,
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            description = "What was measured since so long ago: 30m, 12h, 7d.")
                    Duration since,
            @Mixin Output output) {
        List<MetricSeries> wanted =
                name == null ? List.of(MetricSeries.values()) : List.of(MetricText.series("platform:metrics", name));
        Optional<InstanceId> id = Optional.ofNullable(instance).map(InstanceId::parse);
        if (since == null) {
            showNow(id, wanted, output);
        } else {
            showHistory(metrics.history(id, Instant.now().minus(since)), wanted, output);
        }
    }

    private void showNow(Optional<InstanceId> id, List<MetricSeries> wanted, Output output) {
        MetricPoint point = latest().stream()
                .filter(it -> it.instance().equals(id))
                .findFirst()
                .orElseThrow(() -> PlatformException.notFound("Nothing has been measured of "
                        + id.map(InstanceId::toString).orElse("the platform")
                        + " yet; a new instance takes ten seconds, instance:list shows which there are."));
        Table table = new Table("METRIC", "VALUE", "WHAT IT IS");
        wanted.stream()
                .filter(point.values()::containsKey)
                .forEach(it -> table.row(MetricText.name(it), MetricText.amount(point, it), it.help()));
        output.list(console, List.of(MetricText.json(only(point, wanted))), table);
    }

    private List<MetricPoint> latest() {
        List<MetricPoint> latest = metrics.latest();
        if (latest.isEmpty()) {
            throw PlatformException.conflict("Nothing has been measured yet. Try again in ten seconds.");
        }
        return latest;
    }

    private void showHistory(List<MetricPoint> points, List<MetricSeries> wanted, Output output) {
        List<MetricSeries> columns = wanted.size() == 1
                ? wanted
                : List.of(
                        MetricSeries.REQUESTS,
                        MetricSeries.ERRORS,
                        MetricSeries.LATENCY_P95,
                        MetricSeries.SOCKETS,
                        MetricSeries.CPU,
                        MetricSeries.MEMORY);
        Table table = table("AT", columns);
        points.forEach(point -> table.row(row(MetricText.at(point), point, columns)));
        output.list(
                console,
                points.stream().map(it -> MetricText.json(only(it, wanted))).toList(),
                table);
    }

    private static MetricPoint only(MetricPoint point, List<MetricSeries> wanted) {
        Map<MetricSeries, Double> values = point.values().entrySet().stream()
                .filter(it -> wanted.contains(it.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new MetricPoint(point.instance(), point.at(), values);
    }

    @Needs(value = Role.VIEWER, filtered = true)
    @Command(
            name = "instance:top",
            description = "Show what the instances did in the last ten seconds, those that did most first.",
            footer = {
                "%nThe processor time of instances is known only before Java 21: the virtual threads since then have"
                        + " none. BUSY is how much of the time tasks of the instance's executor ran.",
                "%nExamples:",
                "  instance:top",
                "  instance:top --sort database-size --app files --limit 10",
                "  instance:top --by-app"
            })
    void top(
            @Option(
                            names = "--sort",
                            paramLabel = "METRIC",
                            defaultValue = "requests",
                            description = "What to sort by, as platform:metrics names it. Default: ${DEFAULT-VALUE}.")
                    String sort,
            @Option(names = "--app", paramLabel = "APP", description = "Only instances of this app.") String app,
            @Option(names = "--by-app", description = "Take the instances of each app together.") boolean byApp,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "20",
                            description = "How many to show. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Mixin Output output) {
        MetricSeries by = MetricText.series("instance:top", sort);
        Map<InstanceId, String> apps = instances.map(Instances::list).orElse(List.of()).stream()
                .collect(Collectors.toMap(InstanceInfo::id, InstanceInfo::app));
        Map<String, List<MetricPoint>> groups = latest().stream()
                .filter(it -> it.instance().isPresent())
                .filter(it -> console.shows(it.instance().get().toString()))
                .filter(it -> app == null || app.equals(apps.get(it.instance().get())))
                .collect(Collectors.groupingBy(it -> {
                    InstanceId id = it.instance().get();
                    return byApp ? apps.getOrDefault(id, "") : id.toString();
                }));
        String heading = byApp ? "APP" : "INSTANCE";
        Table table = table(heading, TOP);
        List<JsonObject> json = new ArrayList<>();
        groups.entrySet().stream()
                .map(it -> Map.entry(it.getKey(), together(it.getValue())))
                .sorted(Comparator.comparingDouble((Map.Entry<String, MetricPoint> it) ->
                                -it.getValue().value(by))
                        .thenComparing(Map.Entry::getKey))
                .limit(Math.max(0, limit))
                .forEach(it -> {
                    table.row(row(it.getKey(), it.getValue(), TOP));
                    JsonObject item = new JsonObject();
                    item.addProperty(heading.toLowerCase(Locale.ROOT), it.getKey());
                    MetricText.json(it.getValue()).asMap().forEach(item::add);
                    json.add(item);
                });
        output.list(console, json, table);
    }

    /** Of times the longest, of all else the sum. */
    private static MetricPoint together(List<MetricPoint> points) {
        Map<MetricSeries, Double> values = new EnumMap<>(MetricSeries.class);
        points.forEach(point -> point.values()
                .forEach((series, value) ->
                        values.merge(series, value, series.unit().equals("s") ? Math::max : Double::sum)));
        return new MetricPoint(Optional.empty(), points.get(0).at(), values);
    }

    private static Table table(String first, List<MetricSeries> columns) {
        Function<MetricSeries, String> heading = it -> it.name().replace('_', ' ');
        return new Table(
                Stream.concat(Stream.of(first), columns.stream().map(heading)).toArray(String[]::new));
    }

    private static Object[] row(Object first, MetricPoint point, List<MetricSeries> columns) {
        Object[] cells = new Object[columns.size() + 1];
        Arrays.setAll(cells, i -> i == 0 ? first : MetricText.amount(point, columns.get(i - 1)));
        return cells;
    }
}
