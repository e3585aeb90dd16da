package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void withoutOptionsAllIsMeasured() {
        Options options = parse("");

        assertThat(options.servers())
                .containsExactlyElementsOf(Benchmark.SOCKETS.servers())
                .doesNotContain(ServerKind.JETTY_FILES);
        assertThat(options.phases())
                .extracting(Phase::name)
                .containsExactly("idle", "deflate", "tls", "echo", "upgrade", "broadcast");
        assertThat(options.jvms()).isEmpty();
        assertThat(options.sockets()).isEqualTo(19_000);
        assertThat(options.rounds()).isEqualTo(3);
        assertThat(options.json()).isEmpty();
    }

    @Test
    void listsNarrowItDown() {
        Options options = parse("--server netty,jetty-core --phase=tls --jvm 25-serial,17-g1 --json out.json");

        assertThat(options.servers()).containsExactly(ServerKind.NETTY, ServerKind.JETTY_CORE);
        assertThat(options.phases()).extracting(Phase::name).containsExactly("tls");
        assertThat(options.jvms()).containsExactly(new JvmName(25, Collector.SERIAL), new JvmName(17, Collector.G1));
        assertThat(options.json()).contains(Path.of("out.json"));
    }

    @Test
    void filesHaveServersOfTheirOwn() {
        Options options = Options.parse(Benchmark.named("files"), List.of("--quick"), 20_000);

        assertThat(options.servers()).containsExactly(ServerKind.PLATFORM, ServerKind.JETTY_FILES);
        assertThat(options.phases()).extracting(Phase::name).containsExactly("files");
        assertThatThrownBy(() -> Benchmark.named("dance"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("backup-strange, move or move-kills, not 'dance'");
    }

    @Test
    void proofsHaveOneRoundAndKillsASeed() {
        Options kills = Options.parse(Benchmark.named("backup-kills"), List.of("--kills", "7", "--seed=42"), 20_000);
        assertThat(kills.kills()).isEqualTo(7);
        assertThat(kills.seed()).isEqualTo(42);
        assertThat(kills.rounds()).isEqualTo(1);
        assertThat(kills.megabytes()).isEqualTo(10);
        assertThat(kills.phases()).extracting(Phase::name).containsExactly("backup-kills");

        Options strange = Options.parse(Benchmark.named("backup-strange"), List.of(), 20_000);
        assertThat(strange.kills()).isEqualTo(200);
        assertThat(strange.rounds()).isEqualTo(1);
        assertThat(strange.megabytes()).isEqualTo(2000);
        assertThatThrownBy(() -> Options.parse(Benchmark.BACKUP_KILLS, List.of("--kills", "0"), 20_000))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--kills");
    }

    @Test
    void chaosLastsMinutes() {
        Options chaos = Options.parse(Benchmark.named("chaos"), List.of("--minutes", "3", "--seed=42"), 20_000);

        assertThat(chaos.seconds()).isEqualTo(180);
        assertThat(chaos.seed()).isEqualTo(42);
        assertThat(chaos.rounds()).isEqualTo(1);
        assertThat(Options.parse(Benchmark.CHAOS, List.of(), 20_000).seconds()).isEqualTo(600);
        assertThat(Options.parse(Benchmark.CHAOS, List.of("--quick"), 20_000).seconds())
                .isEqualTo(60);
        assertThatThrownBy(() -> Options.parse(Benchmark.CHAOS, List.of("--minutes", "0"), 20_000))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("--minutes");
    }

    @Test
    void databasesAreThePlatformsOnly() {
        Options options = Options.parse(Benchmark.named("databases"), List.of("--instances", "12"), 20_000);

        assertThat(options.servers()).containsExactly(ServerKind.PLATFORM);
        assertThat(options.phases()).extracting(Phase::name).containsExactly("databases");
        assertThat(options.instances()).isEqualTo(12);
        assertThat(parse("").instances()).isEqualTo(1000);
        assertThat(parse("").megabytes()).isEqualTo(2000);
        assertThat(parse("--size 150M").megabytes()).isEqualTo(150);
    }

    @Test
    void quickIsShortUnlessToldOtherwise() {
        Options options = parse("--sockets 500 --quick");

        assertThat(options.quick()).isTrue();
        assertThat(options.sockets()).isEqualTo(500);
        assertThat(options.seconds()).isEqualTo(1);
        assertThat(options.rounds()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--bogus | does not know '--bogus'",
                "extra | does not know 'extra'",
                "--quick=yes | does not know '--quick=yes'",
                "--json | needs a value",
                "--server iis | --server takes platform, jetty-api",
                "--phase dance | --phase takes idle, deflate",
                "--jvm 25 | --jvm takes names such as",
                "--jvm 25-zgc | --jvm takes names such as",
                "--sockets 19900 | from 1 to 19,400, not '19900'",
                "--sockets 1.5 | --sockets takes a number",
                "--instances 2 | --instances takes a number from 3 to 5,000",
                "--size 2T | --size takes a size such as 200M or 2G, not '2T'",
                "--seconds soon | --seconds takes a number",
                "--rounds 0 | --rounds takes a number"
            })
    void aWrongCommandLineIsOneSentence(String line, String sentence) {
        assertThatThrownBy(() -> parse(line))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith("See platform bench --help.");
    }

    private static Options parse(String line) {
        return Options.parse(Benchmark.SOCKETS, line.isEmpty() ? List.of() : List.of(line.split(" ")), 20_000);
    }
}
