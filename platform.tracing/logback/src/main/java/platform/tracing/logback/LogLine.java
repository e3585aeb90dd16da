package platform.tracing.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import platform.tracing.api.LogContext;

/**
 * A record as it stands in the file: time, level, instance, thread, logger, message. What a client or an app puts into a
 * message cannot forge a record: control characters are shown as escapes, and the lines of a stack trace are indented.
 */
final class LogLine {

    static final String NO_INSTANCE = "-";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneId.systemDefault());

    private static final int LONGEST_MESSAGE = 64 * 1024;
    private static final int LONGEST_TRACE = 128 * 1024;

    private LogLine() {}

    static byte[] of(ILoggingEvent event) {
        String instance = event.getMDCPropertyMap().getOrDefault(LogContext.INSTANCE, NO_INSTANCE);
        StringBuilder line = new StringBuilder(200);
        head(line, event.getInstant(), event.getLevel(), instance, event.getThreadName());
        text(line, event.getLoggerName() + " - " + event.getFormattedMessage());
        if (event.getThrowableProxy() != null) {
            trace(line, ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A record of the log about itself. */
    static byte[] warning(Instant time, String message) {
        StringBuilder line = new StringBuilder(200);
        head(line, time, Level.WARN, NO_INSTANCE, Thread.currentThread().getName());
        text(line, LogLine.class.getPackageName() + " - " + message);
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void head(StringBuilder line, Instant time, Level level, String instance, String thread) {
        TIME.formatTo(time, line);
        line.append(' ').append(level).append(level.levelStr.length() < 5 ? "  " : " ");
        escaped(line, instance);
        line.append(" [");
        escaped(line, thread);
        line.append("] ");
    }

    private static void text(StringBuilder line, String text) {
        escaped(line, cut(text, LONGEST_MESSAGE));
        line.append('\n');
    }

    private static void trace(StringBuilder line, String trace) {
        for (String element : cut(trace, LONGEST_TRACE).split("\\R")) {
            line.append("  ");
            escaped(line, element.replace("\t", "  "));
            line.append('\n');
        }
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest) + "… (" + (text.length() - longest) + " more characters)";
    }

    private static void escaped(StringBuilder line, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line.append("\\n");
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
    }
}
