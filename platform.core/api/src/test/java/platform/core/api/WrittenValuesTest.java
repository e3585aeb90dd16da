package platform.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values as people write them: what is told is read as the same. */
class WrittenValuesTest {

    @ParameterizedTest
    @CsvSource({"5M, 5242880", "1G, 1073741824", "500K, 512000", "7, 7"})
    void bytes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(bytes);
        assertThat(ByteSize.exact(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"30d, P30D", "12h, PT12H", "90m, PT90M", "45s, PT45S", "0s, PT0S"})
    void times(String text, Duration time) {
        assertThat(TimeSpan.parse(text)).isEqualTo(time);
        assertThat(TimeSpan.text(time)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTIONS, 20",
        "CONNECTIONS, none",
        "STATEMENT_TIME, 30s",
        "TEMP, 5G",
        "TEMP, 512MiB",
        "LOG, 1234567B"
    })
    void limits(QuotaKind kind, String text) {
        assertThat(QuotaLimit.text(kind, QuotaLimit.parse(kind, text))).isEqualTo(text);
        assertThat(QuotaKind.parse(kind.word())).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "5 M", "5X", "9999999999"})
    void whatIsNoNumberOfBytesIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("such as 5M");
    }

    @Test
    void theLimitsOfAProcess() {
        assertThat(ProcessLimits.memoryText(ProcessLimits.memory("512M"))).isEqualTo("512M");
        assertThat(ProcessLimits.cpuText(ProcessLimits.cpu("150"))).isEqualTo("150%");
        assertThat(ProcessLimits.memory("none")).isEqualTo(ProcessLimits.NONE);
        assertThatThrownBy(() -> ProcessLimits.cpu("half")).hasMessageContaining("such as 50%");
    }

    @Test
    void aSettingWhoseNameSaysThatItIsASecretKeepsItsValue() {
        assertThat(SecretNames.shown("api-token=hunter2")).isEqualTo("api-token=***");
        assertThat(SecretNames.shown("url=x")).isEqualTo("url=x");
    }

    @Test
    void aDocumentIsTextOfBoundedSize() throws IOException {
        assertThat(StateDocument.read(new ByteArrayInputStream("a: ä".getBytes("UTF-8"))))
                .isEqualTo("a: ä");
        assertThatThrownBy(() -> StateDocument.read(new ByteArrayInputStream(new byte[] {(byte) 0xff})))
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> StateDocument.read(new ByteArrayInputStream(new byte[StateDocument.LARGEST + 1])))
                .hasMessageContaining("larger than 4 MiB");
    }
}
