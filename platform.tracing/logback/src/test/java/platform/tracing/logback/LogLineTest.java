package platform.tracing.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import platform.tracing.api.LogContext;

/** That a record stays one record, whatever is logged. */
class LogLineTest {

    @Test
    void controlCharactersOfAMessageAreShownAsEscapes() {
        String line = line("a\nb\r\t\u001b[31m\u0085\u2028c ü 😀", null, "-");
        assertThat(line.lines()).hasSize(1);
        assertThat(line).endsWith("- a\\nb\\u000d\\u0009\\u001b[31m\\u0085\\u2028c ü 😀\n");
    }

    @Test
    void anInstanceCannotForgeALineEither() {
        assertThat(line("x", null, "a\n2026").lines()).hasSize(1);
    }

    @Test
    void aStackTraceIsWholeAndNoneOfItsLinesCanPassForARecord() {
        Exception cause = new IllegalStateException("cause\n2026-11-01T00:00:00.000Z ERROR forged");
        List<String> lines = line("failed", new RuntimeException("outer", cause), "-")
                .lines()
                .toList();
        assertThat(lines).hasSizeGreaterThan(5);
        assertThat(lines.subList(1, lines.size())).allMatch(line -> line.startsWith("  "));
        assertThat(lines).anyMatch(line -> line.contains("Caused by: java.lang.IllegalStateException: cause"));
    }

    @Test
    void whatIsEndlessIsCut() {
        String line = line("x".repeat(1_000_000), new RuntimeException("y".repeat(1_000_000)), "-");
        assertThat(line).hasSizeLessThan(200_000).contains("more characters)");
    }

    private static String line(String message, Throwable cause, String instance) {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LoggingEvent event = new LoggingEvent("", context.getLogger("logger"), Level.INFO, message, cause, null);
        event.setInstant(Instant.parse("2026-11-01T12:00:00.001Z"));
        event.setMDCPropertyMap(Map.of(LogContext.INSTANCE, instance));
        return new String(LogLine.of(event), StandardCharsets.UTF_8);
    }
}
