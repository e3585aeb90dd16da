package platform.core.api;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;
import platform.webserver.api.WebSocketSession.SendResult;

/**
 * A socket that somebody has logged in to. Any thread may call it, and no call waits for the peer. A message is at most
 * {@value #MESSAGE_BYTES} bytes of UTF-8, the most that existing clients take.
 */
@ProviderType
public interface AppSession {

    /** The largest message, in either direction. */
    int MESSAGE_BYTES = 65_535;

    AppLogin login();

    /** The client's address; empty where the connection has none. */
    Optional<InetAddress> remote();

    /** What the PBX has said of itself so far: only ever there for an app object. */
    Optional<PbxInfo> pbxInfo();

    /** Whether messages can be sent. */
    boolean isOpen();

    /**
     * Sends a message.
     *
     * @param fields after {@code mt}; values as in {@link AppMessage#fields()}, any number, and null
     * @throws IllegalArgumentException when a value is of another type or the message is too large
     */
    SendResult send(String mt, Map<String, ?> fields);

    /**
     * Sends an answer to a request, or a later indication of what it has subscribed to: with the request's {@code src} and
     * {@code api}, by which the client finds what it belongs to.
     *
     * @throws IllegalArgumentException as {@link #send}
     */
    SendResult answer(AppMessage request, String mt, Map<String, ?> fields);

    /**
     * Closes the socket; see {@link platform.webserver.api.WebSocketSession#close}.
     */
    void close(int code, String reason);

    /**
     * Encrypts a field as existing clients do.
     *
     * @param seed another one for each field and message
     * @return hexadecimal digits
     * @deprecated RC4 without a check of integrity, kept for what exists: use HTTPS and leave fields in the clear
     */
    @Deprecated
    String encrypt(String seed, String data);

    /**
     * Undoes {@link #encrypt}.
     *
     * @throws IllegalArgumentException when the data are not hexadecimal digits
     * @deprecated as {@link #encrypt}
     */
    @Deprecated
    String decrypt(String seed, String data);

    /**
     * The hash of a field as existing clients make it.
     *
     * @deprecated as {@link #encrypt}
     */
    @Deprecated
    String hash(String seed, String data);
}
