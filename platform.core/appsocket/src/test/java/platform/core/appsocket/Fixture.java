package platform.core.appsocket;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import platform.core.api.AppInfo;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.AppSocketListener;
import platform.core.api.AppSocketListenerFactory;
import platform.core.api.InstanceId;
import platform.core.api.PbxInfo;

/** An instance acme@example.com with an app socket, whose app remembers what it is told. */
final class Fixture implements AppSocketListenerFactory, AppSocketListener {

    final MutableClock clock = new MutableClock();
    final ManualExecutor executor = new ManualExecutor(clock);
    final FakeWeb web = new FakeWeb();
    List<String> passwords = List.of(Client.PASSWORD);
    Set<String> apps = Set.of();
    AppInfo info = AppInfo.PLAIN;
    String build = "";
    RuntimeException failure;

    private final List<FakeSocket> opened = new ArrayList<>();
    final List<AppSession> sessions = new ArrayList<>();
    final List<AppMessage> messages = new ArrayList<>();
    final List<PbxInfo> pbxInfos = new ArrayList<>();
    final List<Throwable> errors = new ArrayList<>();
    final List<Integer> closed = new ArrayList<>();

    final AppSocketHost host = new AppSocketHost(
            InstanceId.parse("acme@example.com"), "/example.com/acme", () -> passwords, executor, clock);
    final AppSockets sockets = new AppSockets(host, web);

    Fixture() {
        sockets.register("/hello", this);
    }

    static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    FakeSocket open() {
        return open("192.0.2.1");
    }

    FakeSocket open(String address) {
        FakeSocket socket = new FakeSocket(address(address));
        opened.add(socket);
        socket.open(web.sockets.get("/hello").listenerFor(socket));
        return socket;
    }

    /** Asks for a challenge, and gives it. */
    static String challenge(FakeSocket socket) {
        String answer = socket.receive("{\"mt\":\"AppChallenge\"}").next();
        return answer.replaceFirst(".*\"challenge\":\"([^\"]*)\".*", "$1");
    }

    FakeSocket openLoggedIn() {
        FakeSocket socket = open();
        socket.receive(Client.userLogin(challenge(socket), Client.PASSWORD)).next();
        return socket;
    }

    FakeSocket guess(String address) {
        FakeSocket socket = open(address);
        return socket.receive(Client.userLogin(challenge(socket), "wrong"));
    }

    long openSockets() {
        return opened.stream().filter(FakeSocket::isOpen).count();
    }

    AppSession session() {
        return sessions.get(sessions.size() - 1);
    }

    @Override
    public AppSocketListener listenerFor(AppSession session) {
        sessions.add(session);
        if (failure != null) {
            throw failure;
        }
        return this;
    }

    @Override
    public Set<String> apps() {
        return apps;
    }

    @Override
    public String build() {
        return build;
    }

    @Override
    public AppInfo appInfo(AppSession session) {
        return info;
    }

    @Override
    public void onPbxInfo(AppSession session, PbxInfo pbxInfo) {
        pbxInfos.add(pbxInfo);
    }

    @Override
    public void onMessage(AppSession session, AppMessage message) {
        messages.add(message);
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void onClose(AppSession session, int code, String reason) {
        closed.add(code);
    }

    @Override
    public void onError(AppSession session, Throwable cause) {
        errors.add(cause);
    }
}
