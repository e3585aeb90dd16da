package platform.core.admin;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.core.api.Access;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Login;
import platform.core.api.Role;

/** Knows {@code admin}, {@code customer}, an operator of example.com, and others by what they may do: {@code operator}. */
final class FakeAccess implements Access {

    static final String PASSWORD = "se:same ü";

    static final String TOKEN = "plat_made-up";

    static final String SESSION = "session_made-up";

    final List<ExternalUser> sessions = new ArrayList<>();
    final List<String> refusals = new ArrayList<>();
    int checks;
    Duration wait = Duration.ZERO;

    @Override
    public Login login(String user, char[] password, Caller.Origin origin, InetAddress from) {
        checks++;
        if (!wait.isZero()) {
            return Login.tooEarly(wait);
        }
        return new String(password).equals(PASSWORD) ? Login.of(become(user, origin, from.toString())) : Login.WRONG;
    }

    @Override
    public Optional<Caller> token(String token, Caller.Origin origin, InetAddress from) {
        return token.equals(TOKEN)
                ? Optional.of(become("viewer", origin, from.toString())).map(FakeAccess::ci)
                : Optional.empty();
    }

    private static Caller ci(Caller owner) {
        return new Caller(owner.user() + "/ci", owner.role(), owner.scope(), owner.origin(), owner.from());
    }

    @Override
    public Optional<Caller> key(String user, String fingerprint, Caller.Origin origin, InetAddress from) {
        return Optional.empty();
    }

    @Override
    public Caller become(String user, Caller.Origin origin, String from) {
        if (user.equals("customer")) {
            return new Caller(user, Role.OPERATOR, AccessScope.parse("*@example.com"), origin, from);
        }
        Role role = user.equals("admin") ? Role.ADMINISTRATOR : Role.parse(user);
        return new Caller(user, role, AccessScope.EVERYTHING, origin, from);
    }

    @Override
    public String openSession(ExternalUser user, Caller.Origin origin, InetAddress from) {
        sessions.add(user);
        return SESSION;
    }

    @Override
    public Optional<Caller> session(String secret, Caller.Origin origin, InetAddress from) {
        return secret.equals(SESSION)
                ? sessions.stream()
                        .map(it -> new Caller("oidc:" + it.name(), it.role(), it.scope(), origin, from.toString()))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public void refused(Caller.Origin origin, InetAddress from, String reason) {
        refusals.add(reason);
    }

    @Override
    public void closeSession(String secret) {
        sessions.clear();
    }
}
