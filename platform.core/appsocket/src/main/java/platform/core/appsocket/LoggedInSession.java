package platform.core.appsocket;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import platform.core.api.AppLogin;
import platform.core.api.AppMessage;
import platform.core.api.AppSession;
import platform.core.api.PbxInfo;
import platform.webserver.api.WebSocketSession;
import platform.webserver.api.WebSocketSession.SendResult;

/** A socket after its login, as the app sees it. */
final class LoggedInSession implements AppSession {

    private final WebSocketSession socket;
    private final AppLogin login;
    private final SessionKey key;
    private volatile Optional<PbxInfo> pbxInfo = Optional.empty();

    LoggedInSession(WebSocketSession socket, AppLogin login, SessionKey key) {
        this.socket = socket;
        this.login = login;
        this.key = key;
    }

    void setPbxInfo(PbxInfo info) {
        pbxInfo = Optional.of(info);
    }

    @Override
    public AppLogin login() {
        return login;
    }

    @Override
    public Optional<InetAddress> remote() {
        return socket.upgrade().remote();
    }

    @Override
    public Optional<PbxInfo> pbxInfo() {
        return pbxInfo;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public SendResult send(String mt, Map<String, ?> fields) {
        return send(Answers.message(mt, fields));
    }

    @Override
    public SendResult answer(AppMessage request, String mt, Map<String, ?> fields) {
        return send(Answers.to(request, mt, fields));
    }

    private SendResult send(String text) {
        if (MessageSize.isTooLarge(text)) {
            throw new IllegalArgumentException("A message to an app socket is larger than " + MESSAGE_BYTES
                    + " bytes, which clients do not take: send it in several");
        }
        return socket.send(text);
    }

    @Override
    public void close(int code, String reason) {
        socket.close(code, reason);
    }

    @Override
    @Deprecated
    public String encrypt(String seed, String data) {
        return key.encrypt(seed, data);
    }

    @Override
    @Deprecated
    public String decrypt(String seed, String data) {
        return key.decrypt(seed, data);
    }

    @Override
    @Deprecated
    public String hash(String seed, String data) {
        return key.hash(seed, data);
    }
}
