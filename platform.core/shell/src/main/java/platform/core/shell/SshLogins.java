package platform.core.shell;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Access;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.Login;
import platform.core.api.PlatformException;
import platform.core.api.Users;

/**
 * Lets the platform's users in: by a key of theirs; by password; who has a second factor by the keyboard-interactive method, which
 * asks for the code, too. Notes who has come; {@link Access} notes who was refused.
 */
final class SshLogins
        implements PasswordAuthenticator, PublickeyAuthenticator, KeyboardInteractiveAuthenticator, SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger("audit");
    private static final AttributeKey<String> PROOF = new AttributeKey<>();
    private static final String ACTION = "ssh:login";

    private final Supplier<Optional<Access>> access;
    private final Supplier<Optional<Users>> users;
    private final Supplier<Optional<Audit>> audit;

    SshLogins(Supplier<Optional<Access>> access, Supplier<Optional<Users>> users, Supplier<Optional<Audit>> audit) {
        this.access = access;
        this.users = users;
        this.audit = audit;
    }

    /**
     * Who has logged in, as he is now.
     *
     * @throws PlatformException when he is removed or disabled, or the manager is away
     */
    Caller caller(ServerSession session) {
        return access.get()
                .orElseThrow(PlatformCommands::managerMissing)
                .become(
                        session.getUsername(),
                        Caller.Origin.SSH,
                        address(session).getHostAddress());
    }

    private static InetAddress address(ServerSession session) {
        return ((InetSocketAddress) session.getClientAddress()).getAddress();
    }

    @Override
    public boolean authenticate(String user, String password, ServerSession session) {
        return isRight(user, password, "password", session);
    }

    private boolean isRight(String user, String password, String proof, ServerSession session) {
        Optional<Login> login =
                access.get().map(it -> it.login(user, password.toCharArray(), Caller.Origin.SSH, address(session)));
        boolean right = login.flatMap(Login::caller).isPresent();
        if (right) {
            session.setAttribute(PROOF, proof);
        }
        return right;
    }

    /** Also asked before the client has proved that the key is his: sshd sees to that before it lets him in. */
    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        String fingerprint = KeyUtils.getFingerPrint(key);
        boolean known = access.get()
                .flatMap(it -> it.key(user, fingerprint, Caller.Origin.SSH, address(session)))
                .isPresent();
        if (known) {
            session.setAttribute(PROOF, "key " + fingerprint);
        }
        return known;
    }

    /** For who has a second factor; to others the method fails, and their clients go on to the password. */
    @Override
    public InteractiveChallenge generateChallenge(ServerSession session, String user, String language, String methods) {
        boolean totp =
                users.get().flatMap(it -> it.find(user)).filter(it -> it.totp()).isPresent();
        if (!totp) {
            return null;
        }
        InteractiveChallenge challenge = new InteractiveChallenge();
        challenge.setInteractionName("");
        challenge.setInteractionInstruction("");
        challenge.setLanguageTag("");
        challenge.addPrompt("Password: ", false);
        challenge.addPrompt("Code of your authenticator: ", false);
        return challenge;
    }

    @Override
    public boolean authenticate(ServerSession session, String user, List<String> answers) {
        return answers.size() == 2
                && isRight(user, answers.get(0) + answers.get(1).strip(), "password and code", session);
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event == Event.Authenticated && session instanceof ServerSession server) {
            entered(new AuditEvent(caller(server), ACTION, server.getAttribute(PROOF), ""));
        }
    }

    /** While the database is away the log has it: who has to repair it must get in. */
    private void entered(AuditEvent event) {
        LOG.info(
                "{} {} by {} from {}",
                event.caller().user(),
                ACTION,
                event.arguments(),
                event.caller().from());
        try {
            audit.get().ifPresent(it -> it.end(it.begin(event), event, "done", "", ""));
        } catch (PlatformException e) {
            LOG.error("A login over SSH is not in the audit: {}", e.getMessage());
        }
    }
}
