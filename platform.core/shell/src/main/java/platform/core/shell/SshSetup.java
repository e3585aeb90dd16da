package platform.core.shell;

import java.time.Duration;
import java.util.List;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.SessionHeartbeatController.HeartbeatType;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;

/** How the SSH server is set up: who gets in, by what means, and what is not there at all: forwarding of whatever kind. */
final class SshSetup {

    private static final int ATTEMPTS = 6;
    private static final int CHANNELS = 10;
    private static final int WORKERS = 2;
    private static final Duration HEARTBEAT = Duration.ofMinutes(1);

    private SshSetup() {}

    /** Sets the server up, but for its shell. */
    static SshServer server(SshServer bare, SshConfig config, SshHostKey hostKey, SshLogins logins) {
        SshServer server = ServerBuilder.builder().factory(() -> bare).build(true);
        SshAlgorithms.use(server);
        server.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        server.setKeyPairProvider(KeyPairProvider.wrap(hostKey.pair()));
        admit(server, logins);
        server.addSessionListener(new SshLimits(config.sessions(), config.logins()));
        server.addSessionListener(logins);
        server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
        server.setAgentFactory(null);
        server.setChannelFactories(List.of(SshChannel.FACTORY));
        server.setGlobalRequestHandlers(List.of(new KeepAliveHandler(), NoMoreSessionsHandler.INSTANCE));
        limit(server, config);
        return server;
    }

    private static void admit(SshServer server, SshLogins logins) {
        server.setUserAuthFactories(List.of(
                UserAuthPublicKeyFactory.INSTANCE,
                UserAuthKeyboardInteractiveFactory.INSTANCE,
                UserAuthPasswordFactory.INSTANCE));
        server.setPublickeyAuthenticator(logins);
        server.setKeyboardInteractiveAuthenticator(logins);
        server.setPasswordAuthenticator(logins);
    }

    private static void limit(SshServer server, SshConfig config) {
        CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "platform");
        CoreModuleProperties.NIO_WORKERS.set(server, WORKERS);
        CoreModuleProperties.AUTH_TIMEOUT.set(server, Duration.ofSeconds(config.login_seconds()));
        CoreModuleProperties.IDLE_TIMEOUT.set(server, Duration.ofMinutes(config.idle_minutes()));
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, ATTEMPTS);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(server, CHANNELS);
        // A client whose machine is gone says nothing: it is noticed by what it does not acknowledge.
        server.setSessionHeartbeat(HeartbeatType.IGNORE, HEARTBEAT);
    }
}
