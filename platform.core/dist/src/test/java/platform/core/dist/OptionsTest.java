package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

    private static final Path DEFAULT = Path.of("/srv/data");

    @Test
    void nothingGivenMeansTheDefaults() {
        assertThat(parse()).isEqualTo(new Options(DEFAULT, 8080, 8443, "0.0.0.0", Options.Mode.RUN));
    }

    @Test
    void eachOptionIsTaken() {
        assertThat(parse("--data", "/x/../y", "--http", "0", "--https=1443", "--bind", "::1", "--detached"))
                .isEqualTo(new Options(Path.of("/y"), 0, 1443, "::1", Options.Mode.DETACHED));
    }

    @Test
    void aRelativeDataFolderIsTakenFromWhereWeAre() {
        assertThat(parse("--data", "here").data()).isEqualTo(Path.of("here").toAbsolutePath());
    }

    @Test
    void theOtherModesAreKnown() {
        assertThat(parse("--version").mode()).isEqualTo(Options.Mode.VERSION);
        assertThat(parse("--help").mode()).isEqualTo(Options.Mode.HELP);
        assertThat(parse("--training").mode()).isEqualTo(Options.Mode.TRAINING);
    }

    @Test
    void bothPortsMayBeFreeOnesButNotTheSame() {
        assertThat(parse("--http", "0", "--https", "0").https()).isZero();
        assertThatThrownBy(() -> parse("--http", "99", "--https", "99")).hasMessageContaining("share port 99");
    }

    @ParameterizedTest
    @ValueSource(strings = {"65536", "-1", "http", "", "99999999999", "0x50"})
    void aWrongPortIsNamedWithItsOption(String port) {
        assertThatThrownBy(() -> parse("--https", port))
                .isInstanceOfSatisfying(
                        LaunchException.class, e -> assertThat(e.status()).isEqualTo(2))
                .hasMessageContaining("--https");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--prot", "run", "-x", "--data", "--bind="})
    void anUnknownArgumentOrAMissingValueIsNamed(String argument) {
        assertThatThrownBy(() -> parse(argument)).hasMessageContaining(argument.replace("=", ""));
    }

    private static Options parse(String... arguments) {
        return Options.parse(List.of(arguments), DEFAULT);
    }
}
