package platform.core.manager;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Access;
import platform.core.api.Audit;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Login;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.TokenInfo;
import platform.core.instance.Workers;

/** Finds out who somebody is, from what is in the {@link UserBook}. */
@Component(service = {Access.class, Logins.class})
public final class Logins implements Access {

    private static final Logger LOG = LoggerFactory.getLogger(Logins.class);

    /** Others note who has come when they have seen all that they ask for. */
    private static final Set<Caller.Origin> OVER_HTTP = Set.of(Caller.Origin.REST, Caller.Origin.CONSOLE);

    private static final String PASSWORD = "password";
    private static final String TOKEN = "token";
    private static final String IDENTITY_PROVIDER = "identity provider";

    private final UserBook book;
    private final Clock clock;
    private final LoginThrottle throttle;
    private final ProvenLogins proven;
    private final Sessions sessions;
    /** The last code of each user: none is good twice. */
    private final Map<String, Long> usedSteps = new ConcurrentHashMap<>();

    private final LoginAudit notes;
    private final ScheduledFuture<?> timer;

    @Activate
    public Logins(@Reference UserBook book, @Reference Audit audit, @Reference Workers workers) {
        this.book = book;
        this.clock = Clock.systemUTC();
        this.throttle = new LoginThrottle(clock);
        this.proven = new ProvenLogins(clock);
        this.sessions = new Sessions(clock);
        this.notes = new LoginAudit(audit, workers.pool(), clock);
        long period = LoginAudit.PERIOD.toSeconds();
        this.timer = workers.timer().scheduleWithFixedDelay(notes::sumUp, period, period, TimeUnit.SECONDS);
    }

    Logins(UserBook book, LoginAudit notes, Clock clock) {
        this.book = book;
        this.clock = clock;
        this.notes = notes;
        this.timer = null;
        this.throttle = new LoginThrottle(clock);
        this.proven = new ProvenLogins(clock);
        this.sessions = new Sessions(clock);
    }

    @Deactivate
    void close() {
        timer.cancel(false);
        notes.sumUp();
    }

    LoginThrottle throttle() {
        return throttle;
    }

    @Override
    public Login login(String user, char[] password, Caller.Origin origin, InetAddress from) {
        Optional<Account> account = book.find(user).filter(Account::enabled);
        if (!proven.knows(account, user, password)) {
            Duration wait = throttle.attempt(from, user);
            if (!wait.isZero()) {
                notes.unseen(origin, from);
                return Login.tooEarly(wait);
            }
            if (!isRight(account, password)) {
                LOG.warn("Login by {} from {} refused: wrong name or password", origin, from.getHostAddress());
                notes.refused(user, origin, from, PASSWORD, "wrong user or password");
                return Login.WRONG;
            }
            throttle.succeeded(from, user);
            account = Optional.of(renewHash(account.orElseThrow(), password));
            proven.remember(account.get(), password);
        }
        Caller caller = account.orElseThrow().caller(origin, from.getHostAddress());
        if (OVER_HTTP.contains(origin)) {
            notes.entered(caller, PASSWORD);
        }
        return Login.of(caller);
    }

    private boolean isRight(Optional<Account> account, char[] password) {
        Optional<String> secret = account.flatMap(Account::totp);
        char[] known = secret.isPresent() ? withoutCode(password) : password;
        // The hash is computed for an unknown name too, so that the time tells nothing.
        Optional<Account> own = account.filter(it -> !it.isExternal());
        boolean right = PasswordHash.matches(own.map(Account::password).orElse(PasswordHash.NOBODYS), known);
        return right
                && own.isPresent()
                && (secret.isEmpty() || isFresh(own.get().name(), secret.get(), code(password)));
    }

    private static char[] withoutCode(char[] password) {
        return Arrays.copyOf(password, Math.max(0, password.length - Totp.DIGITS));
    }

    private static String code(char[] password) {
        return new String(password, password.length - Totp.DIGITS, Totp.DIGITS);
    }

    private boolean isFresh(String user, String secret, String code) {
        OptionalLong step = Totp.step(secret, code, clock.instant());
        if (step.isEmpty()) {
            return false;
        }
        boolean[] fresh = new boolean[1];
        usedSteps.compute(user, (name, last) -> {
            fresh[0] = last == null || last < step.getAsLong();
            return fresh[0] ? step.getAsLong() : last;
        });
        return fresh[0];
    }

    /** A hash of former days is made anew as soon as the password is seen. */
    private Account renewHash(Account account, char[] password) {
        if (PasswordHash.isCurrent(account.password())) {
            return account;
        }
        char[] known = account.totp().isPresent() ? withoutCode(password) : password;
        Account renewed = account.withPassword(PasswordHash.of(known), account.passwordChanged());
        try {
            book.replace(renewed);
            return renewed;
        } catch (PlatformException e) {
            LOG.warn("The hash of {}'s password is not renewed yet: {}", account.name(), e.getMessage());
            return account;
        }
    }

    @Override
    public Optional<Caller> token(String token, Caller.Origin origin, InetAddress from) {
        String hash = ApiTokens.sha256(token);
        Optional<Caller> caller = book.tokens().stream()
                .filter(it -> it.sha256().equals(hash))
                .map(ApiToken::info)
                .filter(it -> it.expires().isAfter(clock.instant()))
                .findFirst()
                .flatMap(info -> book.find(info.user())
                        .filter(Account::enabled)
                        .map(owner -> caller(info, owner, origin, from.getHostAddress())));
        caller.ifPresentOrElse(
                it -> notes.entered(it, TOKEN),
                () -> notes.refused("unknown", origin, from, TOKEN, "wrong or expired token"));
        return caller;
    }

    private static Caller caller(TokenInfo token, Account owner, Caller.Origin origin, String from) {
        Role role = owner.role().includes(token.role()) ? token.role() : owner.role();
        return new Caller(owner.name() + "/" + token.name(), role, token.scope().and(owner.scope()), origin, from);
    }

    @Override
    public Optional<Caller> key(String user, String fingerprint, Caller.Origin origin, InetAddress from) {
        return book.findKey(user, fingerprint)
                .flatMap(key -> book.find(key.user()))
                .filter(Account::enabled)
                .map(account -> account.caller(origin, from.getHostAddress()));
    }

    @Override
    public Caller become(String user, Caller.Origin origin, String from) {
        Account account = book.require(user);
        if (!account.enabled()) {
            throw PlatformException.conflict("The user '" + user + "' is disabled. user:enable lets him in again.");
        }
        return account.caller(origin, from);
    }

    @Override
    public String openSession(ExternalUser user, Caller.Origin origin, InetAddress from) {
        String name = ExternalUser.PREFIX + user.name();
        String identity = ApiTokens.sha256(user.identity());
        Optional<Account> former = book.find(name);
        if (former.filter(it -> !it.enabled() || !it.password().equals(identity))
                .isPresent()) {
            notes.refused(name, origin, from, IDENTITY_PROVIDER, "disabled, or the name was somebody else's");
            throw new PlatformException(
                    PlatformException.Kind.DENIED,
                    "The user '" + name + "' is disabled here, or somebody else had this name before. An administrator"
                            + " can enable him, or remove him to let the new one in: user:enable, user:remove.");
        }
        Instant now = clock.instant();
        Account account = former.map(it -> it.withRole(user.role(), user.scope()))
                .orElseGet(
                        () -> new Account(name, user.role(), user.scope(), identity, Optional.empty(), true, now, now));
        if (!former.equals(Optional.of(account))) {
            book.replace(account);
        }
        notes.entered(account.caller(origin, from.getHostAddress()), IDENTITY_PROVIDER);
        return sessions.open(account);
    }

    @Override
    public Optional<Caller> session(String secret, Caller.Origin origin, InetAddress from) {
        return sessions.find(secret)
                .flatMap(session -> book.find(session.user()).filter(session::isOf))
                .filter(Account::enabled)
                .map(account -> account.caller(origin, from.getHostAddress()));
    }

    @Override
    public void refused(Caller.Origin origin, InetAddress from, String reason) {
        notes.refused("unknown", origin, from, IDENTITY_PROVIDER, reason);
    }

    @Override
    public void closeSession(String secret) {
        sessions.close(secret);
    }
}
