package platform.core.appsocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.AppExecutor;
import platform.core.api.AppMessage;
import platform.core.api.AppSocketListener;
import platform.core.api.AppSocketListenerFactory;
import platform.core.api.PbxInfo;
import platform.webserver.api.WebSocketListener;
import platform.webserver.api.WebSocketSession;

/**
 * One app socket: first the login, then the app. All that happens to it happens on the instance's executor, one after the
 * other, so it needs no lock.
 */
final class LoginSocket implements WebSocketListener {

    /** Long enough to type a password; who has not logged in by then does not want to. */
    static final Duration LOGIN_LIMIT = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(LoginSocket.class);
    private static final int UNSUPPORTED = 1003;
    private static final int MALFORMED = 1007;
    private static final int VIOLATION = 1008;
    private static final int TOO_LARGE = 1009;
    private static final int FAILED = 1011;

    private final AppSocketHost host;
    private final LoginCheck check;
    private final AppSocketListenerFactory listeners;
    private final WebSocketSession socket;
    private AppExecutor.Timer limit;
    /** What the next login must hash along; null when none was asked for since the last. */
    private Challenge challenge;
    /** Whether an attempt waits for its time. */
    private boolean waiting;
    /** Both null before the login. */
    private LoggedInSession session;

    private AppSocketListener listener;

    LoginSocket(AppSocketHost host, LoginCheck check, AppSocketListenerFactory listeners, WebSocketSession socket) {
        this.host = host;
        this.check = check;
        this.listeners = listeners;
        this.socket = socket;
    }

    @Override
    public void onOpen(WebSocketSession opened) {
        LOG.debug(
                "{} An app socket is opened from {}",
                host.id(),
                LoginCheck.shown(opened.upgrade().remote()));
        limit = host.executor().after(LOGIN_LIMIT, () -> opened.close(VIOLATION, "Nobody has logged in for too long"));
    }

    @Override
    public void onText(WebSocketSession from, String text) {
        if (MessageSize.isTooLarge(text)) {
            socket.close(TOO_LARGE, "A message has at most 65535 bytes");
            return;
        }
        try {
            received(JsonReader.message(text));
        } catch (JsonException e) {
            // Without its cause, which would quote the message.
            LOG.debug("{} A message of an app socket is refused: {}", host.id(), e.getMessage());
            socket.close(MALFORMED, e.getMessage());
        }
    }

    @Override
    public void onBinary(WebSocketSession from, ByteBuffer message) {
        socket.close(UNSUPPORTED, "Messages are JSON text");
    }

    private void received(AppMessage message) {
        switch (message.mt()) {
            case "KeepAlive" -> LOG.trace("{} KeepAlive", host.id());
            case "CheckBuild" -> answer(message, "CheckBuildResult", Answers.moved(moved(message)));
            case "AppCheckLogin" -> checkLogin(message);
            default -> {
                if (session == null) {
                    receivedBeforeLogin(message);
                } else {
                    receivedAfterLogin(message);
                }
            }
        }
    }

    private void receivedBeforeLogin(AppMessage message) {
        switch (message.mt()) {
            case "AppChallenge" -> challenge(message);
            case "AppLogin" -> login(message);
            default -> socket.close(VIOLATION, "Log in first");
        }
    }

    private void receivedAfterLogin(AppMessage message) {
        switch (message.mt()) {
            case "AppChallenge", "AppLogin" -> socket.close(VIOLATION, "You have logged in already");
            case "AppInfo" ->
                answer(message, "AppInfoResult", Answers.info(message.text("app"), listener.appInfo(session)));
            case "PbxInfo" -> pbxInfo(message);
            default -> listener.onMessage(session, message);
        }
    }

    private Optional<String> moved(AppMessage message) {
        return BuildUrl.moved(message.text("url"), host.webPath(), listeners.build());
    }

    private void answer(AppMessage request, String mt, Map<String, ?> fields) {
        socket.send(Answers.to(request, mt, fields));
    }

    private void pbxInfo(AppMessage message) {
        if (!session.login().isPbxObject()) {
            LOG.debug("{} PbxInfo of somebody who is no app object is ignored", host.id());
            return;
        }
        PbxInfo info = PbxInfos.of(message);
        session.setPbxInfo(info);
        listener.onPbxInfo(session, info);
    }

    // ----------------------------------------------------------------------------------------------------- the login

    private void challenge(AppMessage message) {
        challenge = Challenge.fresh(host.clock());
        answer(message, "AppChallengeResult", Map.of("challenge", challenge.text()));
    }

    private void login(AppMessage message) {
        Challenge used = challenge;
        challenge = null;
        boolean inTime = used != null && used.isValid(host.clock());
        inTurn(() -> login(message, inTime ? used.text() : ""), () -> refuse(message));
    }

    private void login(AppMessage message, String challenged) {
        Optional<LoginRequest> request = request(message, challenged);
        Optional<String> password = Optional.empty();
        if (request.isPresent() && !challenged.isEmpty()) {
            password = check.login(request.get(), socket.upgrade().remote());
        } else {
            check.failed(socket.upgrade().remote());
        }
        if (password.isEmpty()) {
            refuse(message);
        } else {
            accept(message, request.get(), password.get());
        }
    }

    private void accept(AppMessage message, LoginRequest request, String password) {
        limit.cancel();
        LOG.debug(
                "{} '{}' is logged in to '{}' from {}",
                host.id(),
                LoginCheck.shown(request.login().sip()),
                LoginCheck.shown(request.login().app()),
                LoginCheck.shown(socket.upgrade().remote()));
        session = new LoggedInSession(socket, request.login(), SessionKey.of(request.challenge(), password));
        answer(
                message,
                "AppLoginResult",
                Answers.loggedIn(request.login().app(), host.id().domain()));
        listener = listeners.listenerFor(session);
    }

    private void refuse(AppMessage message) {
        answer(message, "AppLoginResult", Answers.refused());
        socket.close(VIOLATION, "The login is wrong");
    }

    /** Its challenge is the client's own: the answer says nothing but whether both know one password. */
    private void checkLogin(AppMessage message) {
        inTurn(
                () -> answerCheck(
                        message,
                        request(message, message.text("challenge"))
                                .filter(asked ->
                                        check.verifies(asked, socket.upgrade().remote()))
                                .isPresent()),
                () -> answerCheck(message, false));
    }

    private void answerCheck(AppMessage message, boolean ok) {
        answer(message, "AppCheckLoginResult", Map.of("ok", ok));
    }

    private static Optional<LoginRequest> request(AppMessage message, String challenged) {
        try {
            return Optional.of(LoginRequest.of(message, challenged));
        } catch (JsonException e) {
            LOG.debug("The info of a login is no object: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Makes an attempt at once, later, or not at all, after how many wrong ones there were. */
    private void inTurn(Runnable attempt, Runnable refusal) {
        if (waiting) {
            socket.close(VIOLATION, "Wait for the answer to your login");
            return;
        }
        Optional<Duration> wait = check.reserve(socket.upgrade().remote());
        if (wait.isPresent() && wait.get().isZero()) {
            attempt.run();
        } else if (wait.isEmpty() || !check.enqueue()) {
            refusal.run();
        } else {
            waiting = true;
            host.executor().after(wait.get(), () -> runLater(attempt));
        }
    }

    /** The webserver does not guard what a timer runs. */
    private void runLater(Runnable attempt) {
        waiting = false;
        check.dequeue();
        if (!socket.isOpen()) {
            return;
        }
        try {
            attempt.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} The app failed at a login", host.id(), e);
            onError(socket, e);
            socket.close(FAILED, "The app has failed");
        }
    }

    // ------------------------------------------------------------------------------------------------------- the end

    @Override
    public void onClose(WebSocketSession closed, int code, String reason) {
        LOG.debug("{} An app socket is closed with {}", host.id(), code);
        if (limit != null) {
            limit.cancel();
        }
        if (listener != null) {
            listener.onClose(session, code, reason);
        }
    }

    @Override
    public void onError(WebSocketSession failed, Throwable cause) {
        if (listener != null) {
            listener.onError(session, cause);
        }
    }
}
