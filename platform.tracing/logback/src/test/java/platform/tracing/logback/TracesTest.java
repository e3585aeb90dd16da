package platform.tracing.logback;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import platform.tracing.api.LogContext;

/** Whose detailed lines are written. */
class TracesTest {

    private static final String ACME = "acme@example.com";
    private static final String BETA = "beta@example.com";
    private static final Logger STORE = LoggerFactory.getLogger("app.files.Store");
    private static final Logger TRAFFIC = LoggerFactory.getLogger("trace.webserver-traffic");
    private static final Logger JETTY = LoggerFactory.getLogger("org.eclipse.jetty.server.Server");

    @TempDir
    Path logs;

    private LogbackTracing tracing;

    @BeforeEach
    void start() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        tracing = new LogbackTracing(context, logs, Clock.systemUTC(), FakeConfig.defaults());
    }

    @AfterEach
    void stop() {
        MDC.clear();
        tracing.configure(FakeConfig.defaults());
        tracing.close();
    }

    @Test
    void onlyTheTracedInstancesDetailsAreWritten() {
        tracing.trace(ACME, Set.of("app.files"));
        log(ACME, STORE, "of acme");
        log(BETA, STORE, "of beta");
        MDC.clear();
        STORE.debug("of nobody");
        STORE.info("life cycle");
        assertThat(messages()).containsExactly("of acme", "life cycle");
    }

    @Test
    void onlyItsTracedLoggersAreMoreDetailed() {
        tracing.trace(ACME, Set.of("app.files"));
        tracing.trace(BETA, Set.of("trace.webserver-traffic"));
        log(ACME, TRAFFIC, "a request to acme");
        log(BETA, TRAFFIC, "a request to beta");
        log(BETA, STORE, "beta's app");
        log(ACME, LoggerFactory.getLogger("app.filesystem"), "another app");
        assertThat(messages()).containsExactly("a request to beta");
    }

    @Test
    void nobodyPaysForWhatNobodyTraces() {
        tracing.trace(ACME, Set.of("app.files"));
        assertThat(STORE.isDebugEnabled()).isTrue();
        assertThat(STORE.isTraceEnabled()).isFalse();
        assertThat(TRAFFIC.isDebugEnabled()).isFalse();
        assertThat(JETTY.isDebugEnabled()).isFalse();
        tracing.trace(BETA, Set.of("app.files"));
        tracing.trace(ACME, Set.of());
        assertThat(STORE.isDebugEnabled()).isTrue();
        tracing.trace(BETA, Set.of());
        assertThat(STORE.isDebugEnabled()).isFalse();
    }

    @Test
    void aQuieterGeneralLevelHoldsForThoseThatAreNotTraced() {
        tracing.configure(new FakeConfig("INFO", new String[] {"app.files=WARN"}, "5MB", 5));
        tracing.trace(ACME, Set.of("app.files"));
        MDC.put(LogContext.INSTANCE, BETA);
        STORE.info("beta works");
        STORE.warn("beta warns");
        log(ACME, STORE, "of acme");
        assertThat(messages()).containsExactly("beta warns", "of acme");
    }

    @Test
    void aMoreDetailedGeneralLevelHoldsForAll() {
        tracing.trace(ACME, Set.of("app.files"));
        tracing.configure(new FakeConfig("INFO", new String[] {"app.files.Store=TRACE"}, "5MB", 5));
        assertThat(STORE.isTraceEnabled()).isTrue();
        log(BETA, STORE, "of beta");
        assertThat(messages()).containsExactly("of beta");
    }

    @Test
    void aLoggerWithALevelOfItsOwnIsTracedWithThoseAboveIt() {
        tracing.configure(new FakeConfig("INFO", new String[] {"app.files.Store=ERROR"}, "5MB", 5));
        tracing.trace(ACME, Set.of("app.files"));
        log(ACME, STORE, "of acme");
        tracing.trace(ACME, Set.of());
        STORE.warn("as configured again");
        assertThat(messages()).containsExactly("of acme");
    }

    private static void log(String instance, Logger logger, String message) {
        MDC.put(LogContext.INSTANCE, instance);
        logger.debug(message);
    }

    /** Of what these tests log. */
    private List<String> messages() {
        try {
            return Files.readAllLines(logs.resolve("platform/platform.log")).stream()
                    .map(line -> line.substring(line.lastIndexOf(" - ") + 3))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError("Cannot read the log", e);
        }
    }
}
