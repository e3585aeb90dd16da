package platform.core.rest;

import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import platform.tracing.api.LogFilter;
import platform.tracing.api.LogLevel;
import platform.tracing.api.Logs;

/** Which records of a log are wanted. */
public final class LogQuery {

    @QueryParam("level")
    @DefaultValue("TRACE")
    @Parameter(
            description = "Only from this level upwards; in capital or small letters.",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"}))
    private String level;

    @QueryParam("logger")
    @Parameter(description = "Only of this logger and those below it.")
    private String logger;

    @QueryParam("text")
    @Parameter(description = "Only with this in the message or the stack trace, in upper or lower case.")
    private String text;

    @QueryParam("since")
    @DefaultValue("P1D")
    @Parameter(description = "A moment, or how long ago it was.")
    private String since;

    /** @throws platform.tracing.api.LogException when there is no such log, or it cannot be read */
    List<LogEntry> read(Logs logs, String log, Optional<String> instance, Paging paging) {
        LogFilter wanted = new LogFilter(level(), Optional.ofNullable(logger), instance, Optional.ofNullable(text));
        return paging.page(logs.last(log, Times.since(since), wanted, paging.needed())).stream()
                .map(LogEntry::of)
                .toList();
    }

    private LogLevel level() {
        return Values.choice("level", level, LogLevel.class).orElseThrow();
    }
}
