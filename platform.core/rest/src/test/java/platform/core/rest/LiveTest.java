package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.InstanceId;
import platform.core.api.Platform;
import platform.core.api.Role;
import platform.core.api.Tokens;
import platform.core.api.Users;

/** What clients of the live socket are told, and what not. */
class LiveTest {

    private static final InstanceId ACME = InstanceId.parse("acme@example.com");
    private static final String INSTANCES = "{\"subscribe\":[\"instances\"]}";

    @TempDir
    Path data;

    private final FakeServices services = new FakeServices();
    private final Map<Class<?>, Object> all = services.all();
    private final Users users = (Users) all.get(Users.class);
    private final Tokens tokens = (Tokens) all.get(Tokens.class);
    private Parts parts;
    private LiveHub hub;

    @BeforeEach
    void start() {
        RestServer.CALLERS.values().forEach(it -> users.add(it.user(), it.role(), it.scope(), Optional.empty()));
        all.put(Platform.class, Fake.of(Platform.class, new Folder()));
        parts = new Parts(all::get);
        hub = new LiveHub(parts, new Tasks());
    }

    private final class Folder {
        Path data() {
            return data;
        }
    }

    /** A client that is logged in. */
    private final class Client {
        final FakeSession session;
        final LiveSocket socket;

        Client(Caller caller) {
            session = new FakeSession(caller);
            socket = new LiveSocket(hub, parts, session);
            socket.onOpen(session);
        }

        Client say(String text) {
            socket.onText(session, text);
            return this;
        }
    }

    private Client client(String user) {
        return new Client(RestServer.CALLERS.get(user));
    }

    private static Caller token(String name, Role role) {
        return new Caller(name, role, AccessScope.EVERYTHING, Caller.Origin.REST, "127.0.0.1");
    }

    @Test
    void aSubscriberGetsWhatThereIsAndThenWhatChanges() {
        Client client = client("admin").say(INSTANCES);

        List<String> first = client.session.next();
        assertThat(first).hasSize(3);
        assertThat(first.get(0)).startsWith("{\"topic\":\"instances\",\"id\":\"acme@example.com\",\"value\":{");
        assertThat(first.get(2)).isEqualTo("{\"topic\":\"instances\",\"complete\":true}");
        hub.look();
        assertThat(client.session.next()).isEmpty();

        services.instances.stop(ACME);
        hub.look();
        assertThat(client.session.next())
                .singleElement()
                .asString()
                .contains("\"id\":\"acme@example.com\"", "\"state\":\"STOPPED\"");

        services.instances.delete(ACME);
        hub.look();
        assertThat(client.session.next())
                .containsExactly("{\"topic\":\"instances\",\"id\":\"acme@example.com\",\"removed\":true}");
    }

    @Test
    void whatIsUnsubscribedIsToldNoMore() {
        Client client = client("admin").say(INSTANCES).say("{\"unsubscribe\":[\"instances\"]}");
        client.session.next();

        services.instances.stop(ACME);
        hub.look();

        assertThat(client.session.next()).isEmpty();
    }

    @Test
    void anOperatorOfADomainSeesItsOwnOnly() {
        Client client = client("operator").say("{\"subscribe\":[\"instances\",\"alarms\",\"metrics\",\"tasks\"]}");
        Client stranger = client("stranger").say("{\"subscribe\":[\"instances\",\"alarms\",\"metrics\",\"tasks\"]}");

        assertThat(client.session.next())
                .filteredOn(it -> it.contains("\"value\""))
                .hasSize(3)
                .allMatch(it -> it.contains("acme@example.com"));
        assertThat(stranger.session.next()).hasSize(4).allMatch(it -> it.contains("complete"));

        services.instances.stop(ACME);
        services.instances.delete(InstanceId.parse("bolt@example.org"));
        hub.look();
        assertThat(client.session.next()).singleElement().asString().contains("STOPPED");
        assertThat(stranger.session.next()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(LiveTopic.class)
    void onlyWhoMaySubscribesToATopic(LiveTopic topic) {
        String name = topic == LiveTopic.LOG ? "log:" + ACME : Names.of(topic);
        for (Caller caller : RestServer.CALLERS.values()) {
            Client client = new Client(caller).say("{\"subscribe\":[\"" + name + "\"]}");

            boolean within = topic == LiveTopic.LOG
                    ? caller.scope().includes(ACME)
                    : caller.scope().everything() || topic.isFiltered();
            boolean allowed = within && caller.role().includes(topic.needed());
            boolean refused = client.session.next().stream().anyMatch(it -> it.contains("live:subscribe: "));
            assertThat(refused).as(caller.user() + " " + name).isNotEqualTo(allowed);
            if (refused) {
                assertThat(services.audit.last().result()).startsWith("refused: ");
            }
        }
    }

    @Test
    void whatIsTakenAwayMeanwhileIsToldNoMore() {
        Client client = client("viewer").say("{\"subscribe\":[\"instances\",\"apps\"]}");
        client.session.next();

        users.setRole("viewer", Role.VIEWER, AccessScope.parse("bolt@example.org"));
        hub.look();
        services.instances.stop(ACME);
        services.instances.stop(InstanceId.parse("bolt@example.org"));
        hub.look();

        assertThat(client.session.next()).singleElement().asString().contains("bolt@example.org");
        assertThat(client.socket.subscribed())
                .extracting(LiveSubscription::text)
                .containsExactly("instances");
    }

    @Test
    void whoIsRemovedIsCutOff() {
        Client client = client("viewer").say(INSTANCES);

        users.remove("viewer");
        hub.look();

        assertThat(client.session.closed).isEqualTo("1008 Your login has ended: log in again");
    }

    @Test
    void aTokenThatIsRevokedOrOverEndsItsSockets() {
        tokens.add(
                "long",
                "anna",
                Role.VIEWER,
                AccessScope.EVERYTHING,
                Instant.now().plusSeconds(60));
        Client revoked = new Client(token("anna/long", Role.VIEWER));
        hub.look();
        assertThat(revoked.session.closed).isEmpty();
        tokens.remove("long");
        hub.look();
        assertThat(revoked.session.closed).startsWith("1008");

        // "ci" was over long ago.
        Client over = new Client(token("anna/ci", Role.VIEWER)).say(INSTANCES);
        assertThat(over.session.closed).startsWith("1008");
        assertThat(over.session.next()).isEmpty();
    }

    @Test
    void aTokenHasNoMoreRightsThanItsUser() {
        tokens.add(
                "ci2",
                "operator",
                Role.ADMINISTRATOR,
                AccessScope.EVERYTHING,
                Instant.now().plusSeconds(60));

        Client client = new Client(token("operator/ci2", Role.ADMINISTRATOR)).say(INSTANCES);

        assertThat(client.session.next()).hasSize(2).noneMatch(it -> it.contains("bolt"));
    }

    @Test
    void aSlowClientLearnsHowMuchItHasMissed() {
        Client client = client("admin").say(INSTANCES);
        client.session.next();

        client.session.slow = true;
        services.instances.stop(ACME);
        hub.look();
        services.instances.delete(ACME);
        hub.look();
        client.session.slow = false;
        hub.look();

        assertThat(client.session.next()).containsExactly("{\"lost\":2}");
        client.say("{\"unsubscribe\":[\"instances\"],\"subscribe\":[\"instances\"]}");
        assertThat(client.session.next()).hasSize(2);
    }

    @Test
    void aUserHasSoManySocketsAtATime() {
        Client first = client("admin");
        for (int i = 1; i < LiveHub.PER_USER; i++) {
            assertThat(client("admin").session.closed).isEmpty();
        }
        assertThat(client("admin").session.closed).startsWith("1013");
        assertThat(client("viewer").session.closed).isEmpty();

        first.socket.onClose(first.session, 1000, "");
        assertThat(client("admin").session.closed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "null",
                "{\"subscribe\":\"instances\"}",
                "{\"subscribe\":[null]}",
                "{\"subscribe\":[],\"subscribe\":[]}",
                "{\"other\":1}",
                "{\"subscribe\":[]}{}",
                "{\"subscribe\":[[\"instances\"]]}"
            })
    void whatIsNoMessageEndsTheSocket(String text) {
        assertThat(client("admin").say(text).session.closed).startsWith("1007");
    }

    @Test
    void whatIsTooDeepTooLongOrBinaryEndsTheSocket() {
        String deep = "[".repeat(1000) + "]".repeat(1000);
        assertThat(client("admin").say("{\"subscribe\":" + deep + "}").session.closed)
                .startsWith("1007");
        String number = "9".repeat(1000);
        assertThat(client("admin").say("{\"subscribe\":[" + number + "]}").session.closed)
                .startsWith("1007");
        assertThat(client("admin").say(" ".repeat(LiveSocket.LONGEST + 1)).session.closed)
                .startsWith("1009");
        Client binary = client("admin");
        binary.socket.onBinary(binary.session, ByteBuffer.allocate(1));
        assertThat(binary.session.closed).startsWith("1003");
    }

    @Test
    void whoAsksForTooMuchIsRefused() {
        Client client = client("admin");
        for (int i = 0; i < LiveSocket.ERRORS; i++) {
            client.say("{\"subscribe\":[\"nothing\"]}");
        }

        assertThat(client.session.next())
                .hasSize(LiveSocket.ERRORS)
                .allMatch(it -> it.contains("There is no such topic. There are instances, apps"));
        assertThat(client.session.closed).startsWith("1008");
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "log:", "log:none@example.com", "log:no-id", "instances:acme@example.com"})
    void aTopicThatIsNotThereIsAnError(String topic) {
        Client client = client("admin").say("{\"subscribe\":[\"" + topic + "\"]}");

        assertThat(client.session.next())
                .singleElement()
                .asString()
                .startsWith("{\"topic\":\"" + topic + "\",\"error\":\"");
        assertThat(client.socket.subscribed()).isEmpty();
    }

    @Test
    void aPartThatFailsKeepsNobodyFromTheOtherTopics() {
        Client client = client("admin").say("{\"subscribe\":[\"instances\",\"apps\"]}");
        services.instances.broken = true;
        hub.look();
        services.instances.broken = false;
        services.instances.stop(ACME);
        client.session.next();
        hub.look();

        assertThat(client.session.next()).singleElement().asString().contains("STOPPED");
    }

    @Test
    void theLinesOfAnInstanceAreTold() throws IOException {
        Path log = Files.createDirectories(data.resolve("logs/files")).resolve("files.log");
        log("2026-11-28T01:00:00.000Z INFO  acme@example.com [x] files - before");
        Client client = client("operator").say("{\"subscribe\":[\"log:acme@example.com\"]}");
        assertThat(client.session.next()).containsExactly("{\"topic\":\"log:acme@example.com\",\"complete\":true}");

        log(
                "2026-11-28T01:00:01.000Z WARN  acme@example.com [x] files - one",
                "  at a.stack.trace",
                "2026-11-28T01:00:01.000Z INFO  bolt@example.org [x] files - not yours",
                "  at another.stack.trace");
        hub.look();
        assertThat(client.session.next())
                .containsExactly(
                        "{\"topic\":\"log:acme@example.com\",\"line\":"
                                + "\"2026-11-28T01:00:01.000Z WARN  acme@example.com [x] files - one\"}",
                        "{\"topic\":\"log:acme@example.com\",\"line\":\"  at a.stack.trace\"}");

        log("2026-11-28T01:00:02.000Z INFO  acme@example.com [x] files - last of the file");
        Files.move(log, log.resolveSibling("files.1.log"));
        log("2026-11-28T01:00:03.000Z INFO  acme@example.com [x] files - first of the next");
        hub.look();
        hub.look();
        assertThat(client.session.next())
                .hasSize(2)
                .anyMatch(it -> it.contains("last of the file"))
                .anyMatch(it -> it.contains("first of the next"));
    }

    @Test
    void aLineThatIsReadInPartIsNobodys() throws IOException {
        Files.createDirectories(data.resolve("logs/files"));
        log("2026-11-28T01:00:00.000Z INFO  bolt@example.org [x] files - begins");
        Client client = client("operator").say("{\"subscribe\":[\"log:acme@example.com\"]}");
        client.session.next();

        String forged =
                "2026-11-28T01:00:01.000Z INFO  acme@example.com [x] files - forged. ".repeat(LogTail.MOST / 60);
        log("2026-11-28T01:00:01.000Z INFO  bolt@example.org [x] files - " + forged, "  at forged.trace");
        hub.look();
        hub.look();
        assertThat(client.session.next()).isEmpty();

        log("  at forged.trace", "2026-11-28T01:00:02.000Z INFO  acme@example.com [x] files - mine");
        hub.look();
        assertThat(client.session.next()).singleElement().asString().contains("mine");
    }

    private void log(String... lines) throws IOException {
        Files.write(
                data.resolve("logs/files/files.log"),
                List.of(lines),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
