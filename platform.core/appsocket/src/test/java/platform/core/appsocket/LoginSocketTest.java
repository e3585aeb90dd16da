package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import platform.core.api.AppInfo;
import platform.core.api.AppSession;
import platform.webserver.api.WebSocketSession.SendResult;

/** Every message of the reference's table, and what else may happen to an app socket. */
class LoginSocketTest {

    private static final String REFUSED = "{\"mt\":\"AppLoginResult\",\"ok\":false}";
    private static final String ACCEPTED =
            "{\"mt\":\"AppLoginResult\",\"ok\":true,\"app\":\"hello\",\"domain\":\"example.com\"}";

    private final Fixture app = new Fixture();
    private final Logger logger = (Logger) LoggerFactory.getLogger(LoginCheck.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    // ------------------------------------------------------------------------------------------------ the right login

    @Test
    void aUserLogsInAndTheAppSeesWhoItIs() {
        FakeSocket socket = app.open();
        assertThat(app.sessions).isEmpty();
        String challenge = Fixture.challenge(socket);
        assertThat(challenge).matches("[!-~]{1,16}");

        assertThat(socket.receive(Client.userLogin(challenge, Client.PASSWORD)).next())
                .isEqualTo(ACCEPTED);

        assertThat(socket.isOpen()).isTrue();
        assertThat(app.session().login().sip()).isEqualTo("alice");
        assertThat(app.session().login().dn()).isEqualTo("Alice A.");
        assertThat(app.session().login().infoText()).isEqualTo(Client.USER_INFO);
        assertThat(app.session().login().pbxObj()).isEqualTo("hello-object");
        assertThat(log.list).isEmpty();
    }

    @Test
    void itsDetailsAreLoggedAndNoMessages() {
        Logger details = (Logger) LoggerFactory.getLogger(LoginSocket.class);
        details.addAppender(log);
        try {
            FakeSocket socket = app.open();
            socket.receive(Client.userLogin(Fixture.challenge(socket), Client.PASSWORD));
            socket.receive("{\"mt\":\"Hello\",\"text\":\"secret\"}");
            socket.receive("{\"mt\":\"Hello\",\"text\":secret}");
        } finally {
            details.detachAppender(log);
        }
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(it -> it.matches("\\S+ An app socket is opened from .*"))
                .anyMatch(it -> it.matches("\\S+ 'alice' is logged in to 'hello' from .*"))
                .anyMatch(it -> it.matches("\\S+ A message of an app socket is refused: .*"))
                .noneMatch(it -> it.contains("secret") || it.contains(Client.PASSWORD));
        assertThat(log.list).allMatch(line -> line.getThrowableProxy() == null);
    }

    @Test
    void somebodyLogsInByPassword() {
        FakeSocket socket = app.open();
        socket.receive(Client.passwordLogin("hello", Fixture.challenge(socket), Client.PASSWORD));

        assertThat(socket.next()).isEqualTo(ACCEPTED);
        assertThat(app.session().login().isPasswordLogin()).isTrue();
    }

    @Test
    void aSocketThatBelongsToNoAppTakesItsOwnNameAsAppAndUserOnly() {
        assertThat(standalone(Client.PASSWORD, "manager", "manager")).contains("\"ok\":true,\"app\":\"manager\"");
        assertThat(standalone(Client.PASSWORD, "manager", "alice")).isEqualTo(REFUSED);
        assertThat(standalone(Client.PASSWORD, "hello", "hello")).isEqualTo(REFUSED);
        assertThat(standalone("wrong", "manager", "manager")).isEqualTo(REFUSED);
    }

    private String standalone(String password, String app, String sip) {
        FakeSocket socket = new FakeSocket(Fixture.address("192.0.2.1"));
        socket.open(AppSockets.standalone(this.app.host, "manager", this.app).listenerFor(socket));
        String digest = Client.digest(app, "", sip, "", "", null, Fixture.challenge(socket), password);
        return socket.receive("{\"mt\":\"AppLogin\",\"app\":\"" + app + "\",\"sip\":\"" + sip + "\",\"digest\":\""
                        + digest + "\"}")
                .next();
    }

    @Test
    void fieldsThatNobodyKnowsAreTolerated() {
        FakeSocket socket = app.open();
        String challenge = socket.receive("{\"mt\":\"AppChallenge\",\"user\":\"u\",\"appObj\":{\"x\":[1]}}")
                .next()
                .replaceFirst(".*\"challenge\":\"([^\"]*)\".*", "$1");
        String login = Client.userLogin(challenge, Client.PASSWORD).replace("\"app\":", "\"x\":null,\"app\":");

        assertThat(socket.receive(login).next()).isEqualTo(ACCEPTED);
    }

    @Test
    void twoPasswordsAreGoodWhileOneReplacesTheOther() {
        app.passwords = List.of("new", "old");
        for (String password : app.passwords) {
            FakeSocket socket = app.open();
            String challenge = Fixture.challenge(socket);
            assertThat(socket.receive(Client.userLogin(challenge, password)).next())
                    .isEqualTo(ACCEPTED);
            mustHaveKey(app.session(), challenge, password);
        }
        app.passwords = List.of("new");
        FakeSocket late = app.open();
        assertThat(late.receive(Client.userLogin(Fixture.challenge(late), "old"))
                        .next())
                .isEqualTo(REFUSED);
    }

    @SuppressWarnings("deprecation")
    private static void mustHaveKey(AppSession session, String challenge, String password) {
        SessionKey key = SessionKey.of(challenge, password);
        assertThat(session.hash("s", "d")).isEqualTo(key.hash("s", "d"));
        assertThat(session.encrypt("s", "d")).isEqualTo(key.encrypt("s", "d"));
        assertThat(session.decrypt("s", key.encrypt("s", "d"))).isEqualTo("d");
    }

    @Test
    void anAppMayHaveSeveralNames() {
        app.apps = Set.of("hello-users", "hello-admins");
        assertThat(answerToPasswordLogin("hello-admins")).contains("\"ok\":true,\"app\":\"hello-admins\"");
        assertThat(answerToPasswordLogin("hello")).isEqualTo(REFUSED);
    }

    // ------------------------------------------------------------------------------------------------ the wrong login

    @Test
    void aWrongPasswordIsRefusedAndLogged() {
        FakeSocket socket = app.guess("192.0.2.1");

        mustBeRefused(socket);
        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .isEqualTo("acme@example.com Wrong app login from 192.0.2.1 as 'alice' to 'hello'");
        });
    }

    private void mustBeRefused(FakeSocket socket) {
        assertThat(socket.next()).isEqualTo(REFUSED);
        assertThat(socket.next()).isNull();
        assertThat(socket.code()).isEqualTo(1008);
        assertThat(socket.reason()).isEqualTo("The login is wrong");
        assertThat(app.sessions).isEmpty();
    }

    @Test
    void anUnknownAppIsRefusedInTheSameWay() {
        FakeSocket socket = app.open();
        socket.receive(Client.passwordLogin("other", Fixture.challenge(socket), Client.PASSWORD));

        mustBeRefused(socket);
    }

    @Test
    void anInfoThatIsNoObjectIsRefusedInTheSameWay() {
        FakeSocket socket = app.open();
        String login = Client.userLogin(Fixture.challenge(socket), Client.PASSWORD);
        socket.receive(login.replace(Client.USER_INFO, "[]"));

        mustBeRefused(socket);
        assertThat(log.list).hasSize(1);
    }

    @Test
    void anAmbiguousLoginIsRefusedInTheSameWay() {
        FakeSocket socket = app.open();
        String digest = Client.digest("hello", "", "a:b", "", "", null, Fixture.challenge(socket), Client.PASSWORD);
        socket.receive("{\"mt\":\"AppLogin\",\"app\":\"hello\",\"sip\":\"a:b\",\"digest\":\"" + digest + "\"}");

        mustBeRefused(socket);
    }

    @Test
    void aLoginWithoutAChallengeIsRefusedEvenIfItsDigestIsRight() {
        FakeSocket socket = app.open();
        socket.receive(Client.userLogin("", Client.PASSWORD));

        mustBeRefused(socket);
    }

    @Test
    void aChallengeEndsAfterThirtySeconds() {
        FakeSocket early = app.open();
        FakeSocket late = app.open();
        String first = Fixture.challenge(early);
        String second = Fixture.challenge(late);
        app.executor.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(early.receive(Client.userLogin(first, Client.PASSWORD)).next())
                .isEqualTo(ACCEPTED);
        app.executor.advance(Duration.ofMillis(1));
        assertThat(late.receive(Client.userLogin(second, Client.PASSWORD)).next())
                .isEqualTo(REFUSED);
    }

    @Test
    void aNewChallengeReplacesTheOneBefore() {
        FakeSocket socket = app.open();
        String replaced = Fixture.challenge(socket);
        Fixture.challenge(socket);
        socket.receive(Client.userLogin(replaced, Client.PASSWORD));

        mustBeRefused(socket);
    }

    @Test
    void aChallengeOfOneSocketIsNoneOfAnother() {
        String challenge = Fixture.challenge(app.open());
        FakeSocket other = app.open();
        Fixture.challenge(other);
        other.receive(Client.userLogin(challenge, Client.PASSWORD));

        mustBeRefused(other);
    }

    @Test
    void wrongLoginsAreAnsweredLaterAndLaterWithoutAThread() {
        for (int i = 0; i < LoginDelay.FREE; i++) {
            mustBeRefused(app.guess("192.0.2.1"));
        }
        FakeSocket delayed = app.guess("192.0.2.1");
        app.executor.advance(Duration.ofMillis(499));
        assertThat(delayed.next()).isNull();
        app.executor.advance(Duration.ofMillis(1));
        mustBeRefused(delayed);

        FakeSocket right = app.open("192.0.2.1");
        right.receive(Client.userLogin(Fixture.challenge(right), Client.PASSWORD));
        assertThat(right.next()).isNull();
        app.executor.advance(Duration.ofSeconds(1));
        assertThat(right.next()).isEqualTo(ACCEPTED);
        assertThat(app.sessions).hasSize(1);
    }

    @Test
    void whoGuessesTooOftenIsRefusedUnseen() {
        for (int i = 0; i < 70; i++) {
            app.guess("192.0.2.1");
        }
        FakeSocket right = app.open("192.0.2.1");
        right.receive(Client.userLogin(Fixture.challenge(right), Client.PASSWORD));

        mustBeRefused(right);
        assertThat(log.list).filteredOn(event -> event.getLevel() == Level.WARN).hasSize(LoginDelay.FREE);
    }

    @Test
    void onlySoManyAttemptsWaitAtATime() {
        for (int address = 1; address <= 5; address++) {
            for (int i = 0; i < 50; i++) {
                app.guess("192.0.2." + address);
            }
        }
        assertThat(app.executor.waiting()).isEqualTo(LoginCheck.WAITING + app.openSockets());
        mustBeRefused(app.guess("192.0.2.5"));
        app.executor.advance(Duration.ofMinutes(1));

        FakeSocket later = app.open("192.0.2.6");
        later.receive(Client.userLogin(Fixture.challenge(later), Client.PASSWORD));
        app.executor.advance(Duration.ofSeconds(2));
        assertThat(later.next()).isEqualTo(ACCEPTED);
    }

    @Test
    void aSocketWaitsForTheAnswerToItsLogin() {
        for (int i = 0; i < LoginDelay.FREE; i++) {
            app.guess("192.0.2.1");
        }
        FakeSocket socket = app.guess("192.0.2.1");
        socket.receive("{\"mt\":\"KeepAlive\"}");
        assertThat(socket.isOpen()).isTrue();
        socket.receive("{\"mt\":\"AppLogin\"}");
        assertThat(socket.code()).isEqualTo(1008);

        app.executor.advance(Duration.ofMinutes(1));
        assertThat(log.list).hasSize(LoginDelay.FREE);
    }

    @Test
    void whoDoesNotLogInIsClosed() {
        FakeSocket idle = app.open();
        FakeSocket loggedIn = app.openLoggedIn();
        FakeSocket gone = app.open();
        gone.end(1001);
        assertThat(app.executor.waiting()).isEqualTo(1);

        app.executor.advance(LoginSocket.LOGIN_LIMIT);

        assertThat(idle.code()).isEqualTo(1008);
        assertThat(loggedIn.isOpen()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Hello", "AppInfo", "PbxInfo", "AppLoginResult"})
    void nothingReachesTheAppBeforeTheLogin(String mt) {
        FakeSocket socket = app.open().receive("{\"mt\":\"" + mt + "\"}");

        assertThat(socket.code()).isEqualTo(1008);
        assertThat(app.messages).isEmpty();
        assertThat(app.sessions).isEmpty();
        assertThat(app.closed).isEmpty();
    }

    // ------------------------------------------------------------------------------------------------- before or after

    @Test
    void keepAliveNeedsNoAnswer() {
        FakeSocket before = app.open().receive("{\"mt\":\"KeepAlive\"}");
        FakeSocket after = app.openLoggedIn().receive("{\"mt\":\"KeepAlive\",\"src\":\"1\"}");

        for (FakeSocket socket : List.of(before, after)) {
            assertThat(socket.next()).isNull();
            assertThat(socket.isOpen()).isTrue();
        }
        assertThat(app.messages).isEmpty();
    }

    @Test
    void checkBuildSaysWhereToMove() {
        app.build = "1b3";
        String moved = "{\"mt\":\"CheckBuildResult\",\"url\":\"https://h/example.com/acme/1b3/hello.htm\"}";
        for (FakeSocket socket : List.of(app.open(), app.openLoggedIn())) {
            socket.receive("{\"mt\":\"CheckBuild\",\"url\":\"https://h/example.com/acme/1A2/hello.htm\"}");
            assertThat(socket.next()).isEqualTo(moved);
            socket.receive("{\"mt\":\"CheckBuild\",\"url\":\"https://h/example.com/acme/1b3/hello.htm\"}");
            assertThat(socket.next()).isEqualTo("{\"mt\":\"CheckBuildResult\"}");
            socket.receive("{\"mt\":\"CheckBuild\"}");
            assertThat(socket.next()).isEqualTo("{\"mt\":\"CheckBuildResult\"}");
        }
    }

    @Test
    void appCheckLoginSaysWhetherBothKnowThePassword() {
        for (FakeSocket socket : List.of(app.open(), app.openLoggedIn())) {
            assertThat(socket.receive(checkLogin("hello", Client.PASSWORD)).next())
                    .isEqualTo("{\"mt\":\"AppCheckLoginResult\",\"src\":\"s\",\"ok\":true}");
            assertThat(socket.receive(checkLogin("hello", "wrong")).next())
                    .isEqualTo("{\"mt\":\"AppCheckLoginResult\",\"src\":\"s\",\"ok\":false}");
            assertThat(socket.isOpen()).isTrue();
        }
        assertThat(app.sessions).hasSize(1);
        assertThat(log.list).hasSize(2);
    }

    @Test
    void appCheckLoginIsNoWayToGuess() {
        for (int i = 0; i < LoginDelay.FREE; i++) {
            app.open().receive(checkLogin("hello", "guess" + i));
        }
        FakeSocket socket = app.open().receive(checkLogin("hello", Client.PASSWORD));
        assertThat(socket.next()).isNull();
        app.executor.advance(Duration.ofMillis(500));
        assertThat(socket.next()).contains("\"ok\":true");
    }

    private static String checkLogin(String name, String password) {
        String digest = Client.digest(name, "pbx.example", "", "", "", null, "their challenge", password);
        return "{\"mt\":\"AppCheckLogin\",\"src\":\"s\",\"app\":\"" + name
                + "\",\"domain\":\"pbx.example\",\"challenge\":\"their challenge\",\"digest\":\"" + digest + "\"}";
    }

    @Test
    void srcAndApiComeBackWithEveryAnswer() {
        FakeSocket socket = app.open();
        String echoed = "\"api\":\"A\",\"src\":{\"deep\":[1,2.50,null]}";
        String challenge =
                socket.receive("{" + echoed + ",\"mt\":\"AppChallenge\"}").next();
        assertThat(challenge).startsWith("{\"mt\":\"AppChallengeResult\"," + echoed + ",\"challenge\":");
        String login =
                Client.userLogin(challenge.replaceFirst(".*\"challenge\":\"([^\"]*)\".*", "$1"), Client.PASSWORD);
        assertThat(socket.receive(login.replaceFirst("\\{", "{" + echoed + ",")).next())
                .startsWith("{\"mt\":\"AppLoginResult\"," + echoed + ",\"ok\":true");
        assertThat(socket.receive("{\"src\":7,\"mt\":\"CheckBuild\"}").next())
                .isEqualTo("{\"mt\":\"CheckBuildResult\",\"src\":7}");
        assertThat(socket.receive("{\"src\":\"\",\"mt\":\"AppInfo\"}").next())
                .startsWith("{\"mt\":\"AppInfoResult\",\"src\":\"\",");
        assertThat(socket.receive("{\"src\":null,\"mt\":\"CheckBuild\"}").next())
                .isEqualTo("{\"mt\":\"CheckBuildResult\"}");
    }

    // --------------------------------------------------------------------------------------------------- after the
    // login

    @Test
    void appInfoSaysWhatTheAppSays() {
        FakeSocket socket = app.openLoggedIn();
        assertThat(socket.receive("{\"mt\":\"AppInfo\",\"app\":\"hello\"}").next())
                .isEqualTo("{\"mt\":\"AppInfoResult\",\"app\":\"hello\",\"info\":{\"hidden\":false,\"presence\":false,"
                        + "\"apis\":{}},\"serviceInfo\":{\"apis\":{}}}");
        app.info = new AppInfo(
                true, true, Map.of("com.example.hello", Map.of()), Map.of("s", Map.of("v", 1)), Optional.of("mini"));
        assertThat(socket.receive("{\"mt\":\"AppInfo\",\"app\":\"hello\"}").next())
                .isEqualTo("{\"mt\":\"AppInfoResult\",\"app\":\"hello\",\"info\":{\"hidden\":true,\"presence\":true,"
                        + "\"apis\":{\"com.example.hello\":{}}},\"serviceInfo\":{\"apis\":{\"s\":{\"v\":1}}},"
                        + "\"deviceapp\":\"mini\"}");
    }

    @Test
    void pbxInfoOfAnAppObjectIsKept() {
        FakeSocket socket = app.open();
        socket.receive(Client.objectLogin(Fixture.challenge(socket))).next();
        assertThat(app.session().login().isPbxObject()).isTrue();
        assertThat(app.session().pbxInfo()).isEmpty();

        socket.receive("{\"mt\":\"PbxInfo\",\"domain\":\"d\",\"pbx\":\"p\",\"pbxDns\":\"dns\","
                + "\"apis\":[\"RCC\",\"PbxAdminApi\"],\"version\":\"14r2\",\"build\":\"140001\",\"new\":1}");

        assertThat(socket.next()).isNull();
        assertThat(app.pbxInfos).containsExactly(app.session().pbxInfo().orElseThrow());
        assertThat(app.pbxInfos.get(0).apis()).containsExactly("RCC", "PbxAdminApi");
        assertThat(app.pbxInfos.get(0).pbxDns()).isEqualTo("dns");
        assertThat(app.pbxInfos.get(0).build()).isEqualTo("140001");
    }

    @Test
    void pbxInfoOfAUserIsIgnored() {
        FakeSocket socket = app.openLoggedIn().receive("{\"mt\":\"PbxInfo\",\"domain\":\"d\"}");

        assertThat(socket.isOpen()).isTrue();
        assertThat(app.session().pbxInfo()).isEmpty();
        assertThat(app.pbxInfos).isEmpty();
        assertThat(app.messages).isEmpty();
    }

    @Test
    void theAppGetsMessagesAndAnswers() {
        FakeSocket socket = app.openLoggedIn().receive("{\"mt\":\"Hello\",\"src\":\"s1\",\"api\":\"a\",\"n\":[1]}");

        assertThat(app.messages).singleElement().satisfies(message -> {
            assertThat(message.mt()).isEqualTo("Hello");
            assertThat(message.fields()).containsEntry("n", List.of(1L));
        });
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("a", 1);
        fields.put("b", null);
        assertThat(app.session().answer(app.messages.get(0), "HelloResult", fields))
                .isEqualTo(SendResult.SENT);
        assertThat(socket.next()).isEqualTo("{\"mt\":\"HelloResult\",\"api\":\"a\",\"src\":\"s1\",\"a\":1,\"b\":null}");
        app.session().send("News", Map.of());
        assertThat(socket.next()).isEqualTo("{\"mt\":\"News\"}");
        app.session().close(3000, "Enough");
        assertThat(socket.code()).isEqualTo(3000);
        assertThat(app.closed).containsExactly(3000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AppChallenge", "AppLogin"})
    void nobodyLogsInTwice(String mt) {
        assertThat(app.openLoggedIn().receive("{\"mt\":\"" + mt + "\"}").code()).isEqualTo(1008);
    }

    @Test
    void whatTheAppThrowsClosesItsSocket() {
        FakeSocket socket = app.openLoggedIn();
        app.failure = new IllegalStateException("as asked");
        socket.receive("{\"mt\":\"Hello\"}");
        assertThat(socket.code()).isEqualTo(1011);
        assertThat(app.errors).containsExactly(app.failure);
    }

    @Test
    void anAppThatFailsAtADelayedLoginClosesItsSocketToo() {
        for (int i = 0; i < LoginDelay.FREE; i++) {
            app.guess("192.0.2.1");
        }
        app.failure = new IllegalStateException("as asked");
        FakeSocket socket = app.open();
        socket.receive(Client.userLogin(Fixture.challenge(socket), Client.PASSWORD));
        app.executor.advance(Duration.ofSeconds(1));

        assertThat(socket.code()).isEqualTo(1011);
    }

    // ------------------------------------------------------------------------------------------------------- the wire

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "[]", "{\"mt\":7}", "{\"mt\":\"AppChallenge\"} x"})
    void malformedMessagesCloseTheSocket(String text) {
        for (FakeSocket socket : List.of(app.open(), app.openLoggedIn())) {
            assertThat(socket.receive(text).code()).isEqualTo(1007);
            assertThat(socket.reason()).isNotEmpty();
        }
    }

    @Test
    void messagesAreText() {
        FakeSocket socket = app.openLoggedIn();
        socket.receive(ByteBuffer.wrap(new byte[] {1}));

        assertThat(socket.code()).isEqualTo(1003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "日", "😀"})
    void aMessageHasAtMost65535Bytes(String character) {
        String frame = "{\"mt\":\"Hello\",\"t\":\"\"}";
        int bytes = character.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        String padding = character.repeat((65_535 - frame.length()) / bytes);
        String rest = "x".repeat((65_535 - frame.length()) % bytes);
        FakeSocket socket = app.openLoggedIn();

        socket.receive("{\"mt\":\"Hello\",\"t\":\"" + padding + rest + "\"}");
        assertThat(app.messages).hasSize(1);
        app.session().send("Hello", Map.of("t", padding + rest));
        assertThat(socket.next()).hasSizeGreaterThan(16_000);
        assertThatThrownBy(() -> app.session().send("Hello", Map.of("t", padding + rest + "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("65535");
        socket.receive("{\"mt\":\"Hello\",\"t\":\"" + padding + rest + "x\"}");
        assertThat(socket.code()).isEqualTo(1009);
        assertThat(app.messages).hasSize(1);
    }

    private String answerToPasswordLogin(String name) {
        FakeSocket socket = app.open();
        return socket.receive(Client.passwordLogin(name, Fixture.challenge(socket), Client.PASSWORD))
                .next();
    }
}
