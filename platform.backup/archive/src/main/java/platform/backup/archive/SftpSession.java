package platform.backup.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/**
 * A login to an SSH server, made again when it was lost. The server is believed only when its key has the fingerprint that an
 * administrator has given; nothing is learnt on the way, and the files of the platform's user, such as {@code ~/.ssh}, play no part.
 */
final class SftpSession implements AutoCloseable {

    private static final int NO_MORE_METHODS = 14;

    private final String host;
    private final int port;
    private final TargetLogin login;
    private final String hostKey;
    private final Duration patience;
    private final SshClient client;
    private volatile String shown = "";
    private ClientSession session;
    private SftpClient sftp;

    /** @param hostKey the fingerprint of the server's key as {@code ssh-keygen -l} prints it: {@code SHA256:…} */
    SftpSession(String host, int port, TargetLogin login, String hostKey, Duration patience) {
        this.host = host;
        this.port = port;
        this.login = login;
        this.hostKey = hostKey;
        this.patience = patience;
        this.client = SshClient.setUpDefaultClient();
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setFilePasswordProvider(FilePasswordProvider.EMPTY);
        client.setServerKeyVerifier((ignored, address, key) -> {
            shown = KeyUtils.getFingerPrint(key);
            return shown.equals(hostKey);
        });
        // The server has to answer within that, also while the platform itself has nothing to send for hours.
        CoreModuleProperties.IDLE_TIMEOUT.set(client, patience);
        CoreModuleProperties.HEARTBEAT_INTERVAL.set(client, patience.dividedBy(4));
        CoreModuleProperties.HEARTBEAT_NO_REPLY_MAX.set(client, 3);
        CoreModuleProperties.WAIT_FOR_SPACE_TIMEOUT.set(client, patience);
        CoreModuleProperties.WINDOW_TIMEOUT.set(client, patience);
        CoreModuleProperties.IO_CONNECT_TIMEOUT.set(client, patience);
        CoreModuleProperties.AUTH_TIMEOUT.set(client, patience);
        SftpModuleProperties.SFTP_CHANNEL_OPEN_TIMEOUT.set(client, patience);
        client.start();
    }

    /** The open channel; all threads share it. */
    synchronized SftpClient open() throws IOException {
        if (sftp == null || !sftp.isOpen() || !session.isOpen()) {
            drop();
            session = connect();
            authenticate();
            sftp = SftpClientFactory.instance().createSftpClient(session);
        }
        return sftp;
    }

    private ClientSession connect() throws IOException {
        try {
            return client.connect(login.user(), host, port).verify(patience).getSession();
        } catch (IOException e) {
            throw TargetException.passing(
                    "No connection to " + where() + ": " + reason(e) + ". Check host, port and firewall.", e);
        }
    }

    private void authenticate() throws IOException {
        try {
            if (login.isPrivateKey()) {
                for (KeyPair key : keys()) {
                    session.addPublicKeyIdentity(key);
                }
            } else {
                session.addPasswordIdentity(login.secret());
            }
            session.auth().verify(patience);
        } catch (IOException e) {
            drop();
            throw refused(e);
        }
    }

    private Iterable<KeyPair> keys() throws IOException {
        try (InputStream in = new ByteArrayInputStream(login.secret().getBytes(StandardCharsets.UTF_8))) {
            return SecurityUtils.loadKeyPairIdentities(
                    null, NamedResource.ofName("private key"), in, FilePasswordProvider.EMPTY);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw TargetException.lasting(
                    "The private key for " + where() + " cannot be used: " + e.getMessage()
                            + ". Give one in OpenSSH's form or PEM, without a passphrase.",
                    e);
        }
    }

    private TargetException refused(IOException e) {
        if (e instanceof TargetException known) {
            return known;
        }
        if (!shown.isEmpty() && !shown.equals(hostKey)) {
            return TargetException.lasting(
                    where() + " shows a key with the fingerprint " + shown + ", not " + hostKey
                            + ". Either the server has a new key, or somebody is in between: compare it on the server (ssh-keygen -l"
                            + " -f /etc/ssh/ssh_host_ed25519_key.pub) before you add the target anew with --host-key.",
                    e);
        }
        if (e instanceof SshException ssh && ssh.getDisconnectCode() == NO_MORE_METHODS) {
            return TargetException.lasting(
                    where() + " refuses the login of " + login.user() + ". Check user and "
                            + (login.isPrivateKey() ? "that authorized_keys there has the key." : "password."),
                    e);
        }
        return TargetException.passing("The login to " + where() + " failed: " + reason(e), e);
    }

    private String where() {
        return host + ":" + port;
    }

    /** The innermost one: what the library puts around it names its own classes. */
    private static String reason(Throwable e) {
        if (e.getCause() != null) {
            return reason(e.getCause());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /**
     * Which key the server shows, for an administrator to compare. Nobody is logged in.
     *
     * @throws TargetException when there is no server
     */
    static String hostKey(String host, int port, Duration patience) throws IOException {
        try (SftpSession asking = new SftpSession(host, port, new TargetLogin("nobody", "none"), "", patience)) {
            asking.open();
        } catch (TargetException e) {
            String shown = e.getMessage().replaceFirst(".*fingerprint (SHA256:\\S+), not .*", "$1");
            if (shown.startsWith("SHA256:")) {
                return shown;
            }
            throw e;
        }
        throw new IllegalStateException("A server without a known key was believed");
    }

    private void drop() {
        if (session != null) {
            session.close(true);
        }
        session = null;
        sftp = null;
    }

    @Override
    public synchronized void close() {
        drop();
        client.stop();
    }
}
