package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final JvmName SERIAL = new JvmName(25, Collector.SERIAL);

    private final Phase phase = new UpgradePhase();
    private final Results results = new Results();
    private final Report report = new Report(
            Benchmark.SOCKETS,
            new Machine("A processor", 2, "Linux 6", "24 GB"),
            List.of(new Jvm(SERIAL, Path.of("java"), "25.0.3")),
            List.of(ServerKind.PLATFORM, ServerKind.NETTY),
            List.of(phase),
            19_000,
            1_000,
            100,
            2.5,
            3,
            results);

    @BeforeEach
    void measure() {
        for (double value : new double[] {12_000, 9_000, 10_500}) {
            results.add(
                    new Results.Cell(SERIAL, ServerKind.NETTY, phase.figures().get(0)), value);
        }
        results.add(new Results.Cell(SERIAL, ServerKind.NETTY, phase.figures().get(1)), 83.26);
        results.fail("25-serial, upgrade, round 1, platform: It broke.");
    }

    @Test
    void theTableHasTheMedianOfEachServerAndADashForWhatIsMissing() {
        assertThat(Markdown.of(report).lines())
                .contains(
                        "A processor, 2 cores, 24 GB, Linux 6.",
                        "19,000 sockets where they are idle; the median of 3, each 2.50 s where it is a rate.",
                        "| JVM | server | upgrades/s | server CPU µs/upgrade |",
                        "| --- | --- | ---: | ---: |",
                        "| 25-serial | platform | - | - |",
                        "| 25-serial | netty | 10,500 | 83.3 |",
                        "- 25-serial, upgrade, round 1, platform: It broke.");
    }

    @Test
    void theFlagsOfEachJvmAreNamed() {
        assertThat(Markdown.of(report))
                .contains("| 25-serial | 25.0.3 | `-Xms768m -Xmx768m ")
                .contains("-XX:+UseSerialGC")
                .contains("-XX:+UseCompactObjectHeaders");
    }

    @Test
    void goalsAreSaidToBeReachedOrMissed() {
        Phase databases = new DatabasesPhase();
        List<Figure> goals = databases.figures().stream()
                .filter(figure -> figure.goal().isPresent())
                .toList();
        Results measured = new Results();
        measured.add(new Results.Cell(SERIAL, ServerKind.PLATFORM, goals.get(0)), 81);
        measured.add(new Results.Cell(SERIAL, ServerKind.PLATFORM, goals.get(1)), 1.5);
        Report instances = new Report(
                Benchmark.DATABASES,
                report.machine(),
                report.jvms(),
                List.of(ServerKind.PLATFORM),
                List.of(databases),
                19_000,
                1_000,
                100,
                2.5,
                3,
                measured);

        assertThat(Markdown.of(instances))
                .contains("1,000 instances; the median of 3")
                .contains("p50 ms, alone | 80 | 81 | missed |")
                .contains("the last / alone | 2 | 1.50 | reached |")
                .contains("seconds until all run | 3 | - | not measured |");
        assertThat(JsonReport.of(instances)).contains("\"goal\": 80.0");
        assertThat(Markdown.of(report)).doesNotContain("Goals");
    }

    @Test
    void faultsAreTheRowsOfTheirTable() {
        Results measured = new Results();
        measured.add(new Results.Cell(SERIAL, ServerKind.PLATFORM, ChaosPhase.recoveredAtMost(ChaosFault.EXIT)), 3.5);
        Report chaos = new Report(
                Benchmark.CHAOS,
                report.machine(),
                report.jvms(),
                List.of(ServerKind.PLATFORM),
                Benchmark.CHAOS.phases(),
                19_000,
                1_000,
                100,
                600,
                1,
                measured);

        assertThat(Markdown.of(chaos).lines())
                .contains(
                        "| JVM |  | times | noticed after s, p50 | noticed, max | recovered after s, p50 | recovered,"
                                + " max |",
                        "| 25-serial | `System.exit` | - | - | - | - | 3.50 |",
                        "| 25-serial | disk full | - | - | - | - | - |")
                .anyMatch(line -> line.endsWith("`System.exit`: recovered, max | 3 | 3.50 | missed |"));
        assertThat(JsonReport.of(chaos)).contains("\"row\": \"`System.exit`\"");
    }

    @Test
    void theJsonHasEachSingleValue() {
        JsonObject json = JsonParser.parseString(JsonReport.of(report)).getAsJsonObject();
        JsonObject figure = json.getAsJsonArray("figures").get(0).getAsJsonObject();

        assertThat(json.getAsJsonObject("machine").get("cores").getAsInt()).isEqualTo(2);
        assertThat(json.getAsJsonArray("failures")).hasSize(1);
        assertThat(figure.get("jvm").getAsString()).isEqualTo("25-serial");
        assertThat(figure.get("server").getAsString()).isEqualTo("netty");
        assertThat(figure.get("phase").getAsString()).isEqualTo("upgrade");
        assertThat(figure.get("figure").getAsString()).isEqualTo("upgrades/s");
        assertThat(figure.get("median").getAsDouble()).isEqualTo(10_500);
        assertThat(figure.getAsJsonArray("values")).hasSize(3);
    }

    @Test
    void noFigureIsInTwoPlaces() {
        List<Figure> figures =
                Phases.ALL.stream().flatMap(each -> each.figures().stream()).toList();

        assertThat(figures).doesNotHaveDuplicates();
    }
}
