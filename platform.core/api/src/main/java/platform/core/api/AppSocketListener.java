package platform.core.api;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Receives what happens on a socket after its login. Any number of messages in the order of the wire, then once
 * {@link #onClose}. All is called on the instance's executor: never two at a time. The platform deals with {@code KeepAlive},
 * {@code CheckBuild}, {@code AppInfo}, {@code PbxInfo} and {@code AppCheckLogin} itself; these do not come as messages.
 */
@ConsumerType
public interface AppSocketListener {

    /** What the app says of itself. */
    default AppInfo appInfo(AppSession session) {
        return AppInfo.PLAIN;
    }

    /** A PBX has said what it is, and which of its APIs this socket may use; {@link AppSession#pbxInfo} has it from now on. */
    default void onPbxInfo(AppSession session, PbxInfo info) {}

    /** A message, with an {@code mt} that is not the platform's. */
    default void onMessage(AppSession session, AppMessage message) {}

    /** The socket is closed; see {@link platform.webserver.api.WebSocketListener#onClose}. */
    default void onClose(AppSession session, int code, String reason) {}

    /** A callback threw this; the socket is closed with 1011. */
    default void onError(AppSession session, Throwable cause) {}
}
