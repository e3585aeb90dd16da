package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The whole way with processes of their own, few sockets and little time: that each figure is there, not how large. */
class SocketBenchTest {

    private static final int FEW = 50;

    /** What else a server's heap gains or loses meanwhile, half a megabyte, is little for each of so many. */
    private static final int MANY = 2000;

    private final ByteArrayOutputStream progress = new ByteArrayOutputStream();

    @Test
    void measuresEachFigureOfAServer() {
        Report report = run(Benchmark.SOCKETS, "idle,echo,upgrade,broadcast", "netty", MANY);

        assertThat(report.results().failures())
                .as(progress.toString(StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(report.results().values().keySet())
                .extracting(Results.Cell::figure)
                .containsExactlyElementsOf(report.phases().stream()
                        .flatMap(phase -> phase.figures().stream())
                        .toList());
        assertThat(value(report, "messages/s")).isPositive();
        assertThat(value(report, "p99 µs")).isGreaterThanOrEqualTo(value(report, "p50 µs"));
        assertThat(value(report, "upgrades/s")).isPositive();
        assertThat(value(report, "ms to the last")).isPositive();
        assertThat(value(report, "heap B, never used")).isBetween(100.0, 100_000.0);
    }

    @Test
    void measuresFiles() {
        Report report = run(Benchmark.FILES, "files", "jetty-files", FEW);

        assertThat(report.results().failures())
                .as(progress.toString(StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(value(report, "requests/s")).isPositive();
        assertThat(value(report, "server CPU µs/request")).isPositive();
    }

    @Test
    void notesWhatFails() {
        Report report = run(Benchmark.SOCKETS, "upgrade", "platform", FEW);

        assertThat(report.results().values()).isEmpty();
        assertThat(report.results().failures())
                .singleElement()
                .asString()
                .contains("upgrade, round 1, platform: The platform's distribution was not named.");
    }

    @Test
    void instancesNeedThePlatform() {
        Report report = run(Benchmark.DATABASES, "databases", "platform", FEW);

        assertThat(report.results().failures())
                .singleElement()
                .asString()
                .contains("databases, round 1, platform: The platform's distribution was not named.");
    }

    @Test
    void processesOfServicesNeedThePlatform() {
        Report report = run(Benchmark.PROCESS, "process", "platform", FEW);

        assertThat(report.phases().get(0).figures())
                .extracting(Figure::goal)
                .contains(Optional.of(1.2), Optional.of(3.0), Optional.of(95.0), Optional.of(3072.0));
        assertThat(report.results().failures())
                .singleElement()
                .asString()
                .contains("process, round 1, platform: The platform's distribution was not named.");
    }

    private Report run(Benchmark benchmark, String phases, String server, int sockets) {
        List<String> arguments = List.of(
                "--phase",
                phases,
                "--server",
                server,
                "--sockets",
                Integer.toString(sockets),
                "--seconds",
                "0.1",
                "--rounds",
                "1");
        try (Workspace workspace = new Workspace()) {
            JvmName here = new JvmName(Runtime.version().feature(), Collector.SERIAL);
            return new SocketBench(
                            Options.parse(benchmark, arguments, 20_000),
                            List.of(Jvms.ofThisMachine().get(here)),
                            new Servers(workspace, Optional.empty()),
                            workspace,
                            new PrintStream(progress, true, StandardCharsets.UTF_8))
                    .measure();
        }
    }

    private static double value(Report report, String column) {
        return report.results().values().entrySet().stream()
                .filter(each -> each.getKey().figure().column().equals(column))
                .mapToDouble(each -> Statistics.median(each.getValue()))
                .findFirst()
                .orElseThrow();
    }
}
