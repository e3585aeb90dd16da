package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import platform.core.api.AlarmSeverity;
import platform.core.api.State;
import platform.core.rest.RestServer.Answer;
import platform.tracing.api.LogLevel;

/** The API does what its document says, and nothing else, whatever it is sent. */
class DocumentTest {

    /** Of the path, and parameters that must be there. */
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("instance", "acme@example.com"),
            Map.entry("code", "slow"),
            Map.entry("app", "files"),
            Map.entry("user", "anna"),
            Map.entry("token", "ci"),
            Map.entry("target", "nas"),
            Map.entry("schedule", "nightly"),
            Map.entry("sink", "noc"),
            Map.entry("log", "files"),
            Map.entry("server", "pg1"),
            Map.entry("host", "www.example.com"),
            Map.entry("fingerprint", FakeUserKeys.FINGERPRINT),
            Map.entry("pid", "platform.core.shell.ssh"));

    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("createInstance", "{\"id\":\"new@example.com\",\"app\":\"files\"}"),
            Map.entry("editInstance", "{\"settings\":{\"a\":\"1\"}}"),
            Map.entry("limitInstance", "{\"limits\":{\"connections\":5}}"),
            Map.entry("editApp", "{\"isolation\":\"process\"}"),
            Map.entry("changeOwnPassword", "{\"formerPassword\":\"sesame\"}"),
            Map.entry("addUser", "{\"name\":\"carl\",\"role\":\"viewer\"}"),
            Map.entry("editUser", "{\"enabled\":false}"),
            Map.entry(
                    "addToken",
                    "{\"name\":\"t\",\"user\":\"anna\",\"role\":\"viewer\",\"expires\":\"2027-01-01T00:00:00Z\"}"),
            Map.entry("verifyBackup", "{\"name\":\"" + FakeBackups.BACKUP + "\"}"),
            Map.entry("drillBackup", "{\"name\":\"" + FakeBackups.BACKUP + "\",\"appCheck\":true}"),
            Map.entry("restoreTables", "{\"name\":\"" + FakeBackups.BACKUP + "\",\"tables\":[\"public.file\"]}"),
            Map.entry("verifyManagerBackup", "{\"name\":\"" + FakeBackups.MANAGER + "\"}"),
            Map.entry("drillManagerBackup", "{\"name\":\"" + FakeBackups.MANAGER + "\"}"),
            Map.entry("cloneInstance", "{\"as\":\"copy@example.com\"}"),
            Map.entry("exportInstance", "{\"file\":\"/tmp/acme.age\",\"withApp\":true}"),
            Map.entry("importInstance", "{\"place\":\"nas\",\"name\":\"acme.age\",\"install\":true}"),
            Map.entry("restoreToTime", "{\"to\":\"2026-11-01T00:00:30Z\"}"),
            Map.entry("putArchive", "{\"target\":\"nas\"}"),
            Map.entry("restoreBackup", "{\"name\":\"" + FakeBackups.BACKUP + "\"}"),
            Map.entry("allowDatabaseAccess", "{\"cidr\":\"192.0.2.0/24\",\"lasts\":\"P7D\"}"),
            Map.entry("createDatabaseExtension", "{\"name\":\"hstore\"}"),
            Map.entry("runSql", "{\"sql\":\"SELECT 1\"}"),
            Map.entry("moveDatabase", "{\"server\":\"pg1\"}"),
            Map.entry("moveInstance", "{\"to\":\"https://apps2.example.com\",\"ticket\":\"sesame\"}"),
            Map.entry("putCommandFile", "{\"url\":\"http://10.0.0.1/backup.txt\"}"),
            Map.entry("runCommandFile", "{\"url\":\"http://10.0.0.1/backup.txt\"}"),
            Map.entry("importCertificate", "{\"certificate\":\"CERT\",\"key\":\"KEY\"}"),
            Map.entry("putAlarmSink", "{\"address\":\"https://me@noc/\",\"secret\":\"sesame\"}"),
            Map.entry("addUserKey", "{\"line\":\"ssh-ed25519 CCCC\"}"),
            Map.entry("setTotp", "{\"secret\":\"JBSWY3DPEHPK3PXP\",\"code\":\"123456\"}"),
            Map.entry("rename", "{\"kind\":\"domain\",\"oldName\":\"a.example\",\"newName\":\"b.example\"}"),
            Map.entry("changeSettings", "{\"settings\":{\"port\":\"8102\"}}"),
            Map.entry("diffState", FakeState.DOCUMENT),
            Map.entry("applyState", FakeState.DOCUMENT),
            Map.entry("putDatabaseServer", "{\"host\":\"pg1\",\"user\":\"admin\",\"password\":\"sesame\"}"),
            Map.entry("putBackupTarget", "{\"address\":\"sftp://b@vault/\",\"secret\":\"sesame\"}"),
            Map.entry("putBackupSchedule", "{\"targets\":[\"nas\"],\"window\":\"PT4H\",\"keep\":{\"last\":3}}"));

    private static final List<String> STRANGE = List.of(
            "",
            "''; DROP TABLE instance;--",
            "$(reboot)",
            "../../etc/passwd",
            "<script>alert(1)</script>",
            "*)(uid=*",
            "a\r\nINFO forged",
            "\u0001\uFFFF",
            "x".repeat(3000),
            "-1",
            "9".repeat(400),
            "1e999",
            "null",
            "true",
            "@",
            "a@b@c",
            "manager",
            "P1D",
            "PT-999999999999H");

    private static RestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static JsonNode document() {
        try {
            return JsonFormat.MAPPER.readTree(new DocumentResource().get());
        } catch (IOException e) {
            throw new AssertionError("The document is not JSON", e);
        }
    }

    /** An operation of the document. */
    private record Described(String method, String path, JsonNode operation) {

        String id() {
            return operation.get("operationId").asText();
        }

        /** Of its body. */
        String type() {
            JsonNode content = operation.at("/requestBody/content");
            return content.isMissingNode()
                    ? "application/json"
                    : content.fieldNames().next();
        }
    }

    /** What removes something comes last, and what is below it before it. */
    private static List<Described> operations() {
        List<Described> operations = new ArrayList<>();
        document()
                .get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(it -> operations.add(
                                new Described(it.getKey().toUpperCase(Locale.ROOT), path.getKey(), it.getValue()))));
        operations.sort(Comparator.comparing((Described it) -> it.method().equals("DELETE"))
                .thenComparing(it -> it.path().startsWith("/tasks"))
                .thenComparing(it -> it.method().equals("DELETE") ? -it.path().length() : 0));
        return operations;
    }

    @Test
    void everyOperationIsDescribed() {
        assertThat(operations()).hasSameSizeAs(GateTest.operations());
        assertThat(operations())
                .allSatisfy(it -> assertThat(it.operation().get("description").asText())
                        .as(it.id())
                        .contains("Takes the role"));
    }

    @Test
    void everyOperationAnswersAsItIsDescribed() {
        for (Described operation : operations()) {
            String path = path(operation);
            String body = operation.operation().has("requestBody") ? BODIES.getOrDefault(operation.id(), "{}") : null;
            Answer answer = server.send("admin", operation.method(), path, body, "Content-Type", operation.type());
            assertThat(answer.status())
                    .as(operation.id() + ": " + answer.response().body())
                    .isEqualTo(200);
            assertThat(violations(operation, answer)).as(operation.id()).isEmpty();
        }
    }

    private static String path(Described operation) {
        String path = operation.path().substring(1);
        for (Map.Entry<String, String> parameter : NAMES.entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        for (JsonNode parameter : operation.operation().path("parameters")) {
            String name = parameter.get("name").asText();
            if (parameter.get("in").asText().equals("query")
                    && parameter.path("required").asBoolean()) {
                path += "?" + name + "=" + URLEncoder.encode(NAMES.get(name), StandardCharsets.UTF_8);
            }
        }
        return path.contains("{task}")
                ? path.replace(
                        "{task}",
                        server.get("admin", "tasks").json().get(0).get("id").asText())
                : path;
    }

    @Test
    void defaultsHaveTheTypeOfTheirParameterAndChoicesAreNamed() {
        for (Described operation : operations()) {
            for (JsonNode parameter : operation.operation().path("parameters")) {
                JsonNode schema = parameter.get("schema");
                String name = operation.id() + " " + parameter.get("name").asText();
                assertThat(schema.path("type").asText().equals("integer"))
                        .as(name)
                        .isEqualTo(schema.path("default").isInt());
                if (List.of("state", "severity", "level")
                        .contains(parameter.get("name").asText())) {
                    assertThat(schema.path("enum")).as(name).isNotEmpty();
                }
            }
        }
    }

    @Test
    void choicesAreThoseThatThereAre() {
        assertThat(choices("listInstances", "state")).isEqualTo(names(State.values()));
        assertThat(choices("listAlarms", "severity")).isEqualTo(names(AlarmSeverity.values()));
        assertThat(choices("readLog", "level")).isEqualTo(names(LogLevel.values()));
    }

    private static List<String> choices(String operation, String parameter) {
        JsonNode parameters = operations().stream()
                .filter(it -> it.id().equals(operation))
                .findFirst()
                .orElseThrow()
                .operation()
                .get("parameters");
        List<String> choices = new ArrayList<>();
        parameters.forEach(it -> {
            if (it.get("name").asText().equals(parameter)) {
                it.at("/schema/enum").forEach(value -> choices.add(value.asText()));
            }
        });
        return choices;
    }

    private static List<String> names(Enum<?>... values) {
        return Stream.of(values).map(Enum::name).toList();
    }

    @Test
    void aSettingMayBeNull() {
        for (String schema : List.of("SettingsEdit", "InstanceEdit")) {
            assertThat(document()
                            .at("/components/schemas/" + schema + "/properties/settings/additionalProperties/type")
                            .toString())
                    .isEqualTo("[\"string\",\"null\"]");
        }
    }

    @Test
    void aProblemIsAsItIsDescribed() {
        Described operation = operations().get(0);
        Answer answer = server.send("viewer", "POST", "instances", "{}");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(violations(operation, answer)).isEmpty();
    }

    private static List<String> violations(Described operation, Answer answer) {
        JsonNode responses = operation.operation().get("responses");
        JsonNode response = responses.path(String.valueOf(answer.status()));
        JsonNode content = (response.isMissingNode() ? responses.get("default") : response).get("content");
        String type = answer.header("Content-Type");
        assertThat(content.has(type)).as(operation.id() + " answers " + type).isTrue();
        ObjectNode schema = content.get(type).get("schema").deepCopy();
        schema.set("components", document().get("components"));
        JsonSchema checked = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        return checked.validate(answer.json()).stream().map(Object::toString).toList();
    }

    @Test
    void strangeInputIsNeverAMistakeOfThePlatformAndChangesNothingForWhoMayNot() {
        Random random = new Random(6);
        String before = server.services.instances.all.toString();
        for (Described operation : operations()) {
            for (int i = 0; i < 15; i++) {
                String user = random.nextBoolean() ? "stranger" : "viewer";
                Answer answer = server.send(
                        user,
                        operation.method(),
                        path(operation, random),
                        body(operation, random),
                        "Content-Type",
                        operation.type());
                assertThat(answer.status())
                        .as(operation.id() + ": " + answer.response().body())
                        .isNotEqualTo(500);
            }
        }
        assertThat(server.services.instances.all.toString()).isEqualTo(before);
    }

    @Test
    void strangeInputOfAnAdministratorIsNeverAMistakeOfThePlatform() throws Exception {
        Random random = new Random(7);
        try (RestServer own = new RestServer()) {
            for (Described operation : operations()) {
                for (int i = 0; i < 15; i++) {
                    Answer answer = own.send(
                            "admin",
                            operation.method(),
                            path(operation, random),
                            body(operation, random),
                            "Content-Type",
                            operation.type());
                    assertThat(answer.status())
                            .as(operation.id() + ": " + answer.response().body())
                            .isNotEqualTo(500);
                }
            }
        }
    }

    private static String path(Described operation, Random random) {
        String path = operation.path().substring(1);
        StringBuilder query = new StringBuilder("?");
        for (JsonNode parameter : operation.operation().path("parameters")) {
            String name = parameter.get("name").asText();
            String value = URLEncoder.encode(one(random), StandardCharsets.UTF_8);
            if (parameter.get("in").asText().equals("path")) {
                boolean keeps = random.nextBoolean() && NAMES.containsKey(name);
                path = path.replace("{" + name + "}", keeps ? NAMES.get(name) : "x" + value.replace("%2F", "-"));
            } else if (parameter.get("in").asText().equals("query") && random.nextInt(3) == 0) {
                query.append(name).append('=').append(value).append('&');
            }
        }
        return path + query;
    }

    private static String body(Described operation, Random random) {
        if (!operation.operation().has("requestBody")) {
            return null;
        }
        if (random.nextInt(4) == 0 || !operation.type().equals("application/json")) {
            return one(random);
        }
        String name = operation
                .operation()
                .at("/requestBody/content")
                .findValue("$ref")
                .asText();
        JsonNode properties = document().at(name.substring(1)).get("properties");
        ObjectNode body = JsonFormat.MAPPER.createObjectNode();
        properties.fieldNames().forEachRemaining(property -> {
            switch (random.nextInt(6)) {
                case 0 -> body.put(property, random.nextLong());
                case 1 -> body.putNull(property);
                case 2 -> body.putArray(property).add(one(random));
                case 3 -> body.putObject(property).put(one(random), one(random));
                case 4 -> body.put(property, one(random));
                default -> body.remove(property);
            }
        });
        return body.toString();
    }

    private static String one(Random random) {
        return STRANGE.get(random.nextInt(STRANGE.size()));
    }
}
