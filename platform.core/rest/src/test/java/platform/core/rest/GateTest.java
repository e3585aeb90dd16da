package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import platform.core.api.Caller;
import platform.core.api.InstanceId;
import platform.core.rest.RestServer.Answer;

/** Who may call what: all operations that there are, by all kinds of callers. */
class GateTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final Map<String, String> PARAMETERS = Map.ofEntries(
            Map.entry("instance", ACME.toString()),
            Map.entry("code", "slow"),
            Map.entry("app", "files"),
            Map.entry("user", "anna"),
            Map.entry("token", "ci"),
            Map.entry("task", "none"),
            Map.entry("target", "nas"),
            Map.entry("server", "pg1"),
            Map.entry("schedule", "nightly"),
            Map.entry("sink", "noc"),
            Map.entry("log", "files"),
            Map.entry("host", "www.example.com"),
            Map.entry("pid", "platform.core.shell.ssh"));

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** An operation as Jersey finds it. */
    record Operation(Method method, String verb, String template) {

        String path() {
            String path = template;
            for (Map.Entry<String, String> parameter : PARAMETERS.entrySet()) {
                path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
            }
            return path;
        }

        Needs needs() {
            return method.getAnnotation(Needs.class);
        }

        @Override
        public String toString() {
            return verb + " " + template;
        }
    }

    static List<Operation> operations() {
        return RestApplication.RESOURCES.stream()
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .flatMap(method -> operation(method).stream())
                .toList();
    }

    private static Optional<Operation> operation(Method method) {
        return Stream.of(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(it -> it.isAnnotationPresent(HttpMethod.class))
                .findFirst()
                .map(it -> new Operation(method, it.getSimpleName(), template(method)));
    }

    private static String template(Method method) {
        Path below = method.getAnnotation(Path.class);
        return method.getDeclaringClass().getAnnotation(Path.class).value()
                + (below == null ? "" : "/" + below.value());
    }

    @Test
    void everyPublicMethodIsAnOperationThatSaysWhatItTakes() {
        assertThat(operations()).hasSizeGreaterThan(30);
        for (Class<?> type : RestApplication.RESOURCES) {
            for (Method method : type.getDeclaredMethods()) {
                assertThat(Modifier.isPublic(method.getModifiers()))
                        .as(type.getSimpleName() + "." + method.getName() + " is an operation that says what it takes")
                        .isEqualTo(operation(method).isPresent() && method.isAnnotationPresent(Needs.class));
            }
        }
    }

    @Test
    void everyParameterOfAPathIsKnownHere() {
        assertThat(operations()).noneMatch(it -> it.path().contains("{"));
    }

    @ParameterizedTest
    @MethodSource("operations")
    void onlyWhoMayCallsAnOperation(Operation operation) {
        for (Map.Entry<String, Caller> caller : RestServer.CALLERS.entrySet()) {
            int before = server.services.audit.entries.size();
            Answer answer = server.send(caller.getKey(), operation.verb(), operation.path(), null);
            boolean allowed = mayCall(caller.getValue(), operation);
            assertThat(answer.status() == 403)
                    .as(caller.getKey() + ": " + operation + " -> "
                            + answer.response().body())
                    .isNotEqualTo(allowed);
            if (!allowed) {
                assertThat(server.services.audit.entries).hasSize(before + 1);
                assertThat(server.services.audit.last().result()).startsWith("refused: ");
            }
        }
    }

    private static boolean mayCall(Caller caller, Operation operation) {
        boolean within = operation.path().contains(ACME.toString())
                ? caller.scope().includes(ACME)
                : caller.scope().everything() || operation.needs().filtered();
        return within && caller.role().includes(operation.needs().value());
    }

    @Test
    void whatJerseyAnswersByItselfIsRefused() {
        assertThat(server.send("admin", "OPTIONS", "instances", null).status()).isEqualTo(403);
    }
}
