package platform.core.shell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The shell over SSH, for the platform's users. A port that cannot be opened is told, and keeps nothing else from working. */
@Component(service = SshShellServer.class, immediate = true, configurationPid = "platform.core.shell.ssh")
@Designate(ocd = SshConfig.class)
public final class SshShellServer {

    private static final Logger log = LoggerFactory.getLogger(SshShellServer.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final String OFF = "off";

    private final ShellProcessor processor;
    private final SshLogins logins;
    private final SftpAudit files;
    private final SshConfig config;
    private final Path data;
    private final SshHostKey hostKey;
    private final Optional<SshPort> port;
    private final Set<SshCommand> commands = ConcurrentHashMap.newKeySet();
    private String trouble = "";

    @Activate
    public SshShellServer(BundleContext context, @Reference GogoCommands gogo, SshConfig config) {
        this(
                Path.of(Objects.requireNonNull(context.getProperty("platform.data"), "platform.data")),
                gogo.processor(),
                new SshLogins(gogo::access, gogo::users, gogo::audit),
                new SftpAudit(gogo::audit),
                config);
    }

    SshShellServer(Path data, ShellProcessor processor, SshLogins logins, SftpAudit files, SshConfig config) {
        this.processor = processor;
        this.logins = logins;
        this.files = files;
        this.config = config;
        this.data = data;
        this.hostKey = new SshHostKey(data.resolve("secrets"));
        this.port = config.port().strip().equals(OFF) ? Optional.empty() : open();
    }

    private Optional<SshPort> open() {
        String wanted = config.port().strip();
        try {
            if (!wanted.matches("[0-9]{1,5}") || Integer.parseInt(wanted) > 65_535) {
                throw new IOException("the port is a number from 0 to 65535, or " + OFF);
            }
            InetAddress address = InetAddress.getByName(config.bind().strip());
            SshPort opened = SshPort.open(new InetSocketAddress(address, Integer.parseInt(wanted)), this::start);
            log.info("The shell listens for SSH on {}.", opened.address());
            return Optional.of(opened);
        } catch (IOException | IllegalArgumentException e) {
            trouble = "Cannot listen for SSH on port " + wanted + " of " + config.bind() + ": " + e.getMessage()
                    + ". Set port and bind in etc/platform.core.shell.ssh.cfg.";
            log.warn(trouble);
            return Optional.empty();
        }
    }

    private SshServer start(SshPort.Client first) throws IOException {
        SshServer server = SshSetup.server(SshAcceptor.server(first), config, hostKey, logins);
        server.setShellFactory(channel -> command(channel, List.of()));
        server.setCommandFactory((channel, line) -> command(channel, List.of(line)));
        server.setFileSystemFactory(new VirtualFileSystemFactory(data));
        server.setSubsystemFactories(List.of(sftp()));
        server.start();
        return server;
    }

    private SubsystemFactory sftp() {
        SftpFiles accessor = new SftpFiles(new SftpRoot(data), logins::caller, files);
        SftpSubsystemFactory.Builder builder = new SftpSubsystemFactory.Builder().withFileSystemAccessor(accessor);
        builder.addSftpEventListener(accessor);
        return builder.build();
    }

    private Command command(ChannelSession channel, List<String> arguments) {
        // Users' names are plain: nothing but letters, digits, '.', '_' and '-'.
        Path history = data.resolve("shell")
                .resolve("history-ssh-" + channel.getServerSession().getUsername());
        SshCommand command = new SshCommand(
                processor, () -> logins.caller(channel.getServerSession()), history, arguments, commands::remove);
        commands.add(command);
        return command;
    }

    /** Where it listens; empty when it does not. */
    Optional<InetSocketAddress> address() {
        return port.map(SshPort::address);
    }

    /** Why it does not listen although it should; else empty. */
    String trouble() {
        return trouble;
    }

    /** By what clients recognise this platform. */
    String fingerprint() {
        return hostKey.fingerprint();
    }

    /** How many clients are connected. */
    int clients() {
        return port.flatMap(SshPort::server)
                .map(server -> server.getActiveSessions().size())
                .orElse(0);
    }

    /** Shells that wait end at once; commands, such as the one that shuts down, get a moment to finish. */
    @Deactivate
    void close() throws IOException {
        if (port.isEmpty()) {
            return;
        }
        port.get().close();
        commands.forEach(SshCommand::endIfIdle);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (SshCommand command : commands) {
                command.await(TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        port.get().end();
    }
}
