package platform.core.shell;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import platform.core.api.Access;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Login;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.UserInfo;
import platform.core.api.Users;

/** One of each kind of user. */
final class FakeUsers implements Users, Access {

    static final String PASSWORD = "everybody's password";

    static final String CODE = "123456";

    private static final Instant SINCE = Instant.parse("2026-11-20T10:00:00Z");

    final Map<String, UserInfo> known = new TreeMap<>();
    /** The fingerprints by which everybody gets in. */
    final Set<String> keys = new HashSet<>();

    final List<String> calls = new ArrayList<>();

    FakeUsers() {
        put("admin", Role.ADMINISTRATOR, AccessScope.EVERYTHING, true, false);
        put("operator", Role.OPERATOR, AccessScope.EVERYTHING, true, false);
        put("viewer", Role.VIEWER, AccessScope.EVERYTHING, true, false);
        put("own", Role.OPERATOR, AccessScope.parse("*@example.com"), true, false);
        put("other", Role.OPERATOR, AccessScope.parse("*@example.org"), true, false);
    }

    private void put(String name, Role role, AccessScope scope, boolean enabled, boolean totp) {
        known.put(name, new UserInfo(name, role, scope, enabled, totp, SINCE, SINCE));
    }

    void withExternal(String name) {
        put(name, Role.VIEWER, AccessScope.EVERYTHING, true, false);
    }

    void withTotp(String name) {
        put(name, Role.VIEWER, AccessScope.EVERYTHING, true, true);
    }

    UserInfo require(String name) {
        return find(name).orElseThrow(() -> PlatformException.notFound("There is no user '" + name + "'."));
    }

    @Override
    public Caller become(String user, Caller.Origin origin, String from) {
        UserInfo info = require(user);
        return new Caller(info.name(), info.role(), info.scope(), origin, from);
    }

    @Override
    public Login login(String user, char[] password, Caller.Origin origin, InetAddress from) {
        Optional<UserInfo> info = find(user);
        String wanted = PASSWORD + (info.filter(UserInfo::totp).isPresent() ? CODE : "");
        boolean right = info.isPresent() && new String(password).equals(wanted);
        return right ? Login.of(become(user, origin, from.getHostAddress())) : Login.WRONG;
    }

    @Override
    public Optional<Caller> key(String user, String fingerprint, Caller.Origin origin, InetAddress from) {
        return find(user)
                .filter(it -> keys.contains(fingerprint))
                .map(it -> become(user, origin, from.getHostAddress()));
    }

    @Override
    public Optional<Caller> token(String token, Caller.Origin origin, InetAddress from) {
        return Optional.empty();
    }

    @Override
    public List<UserInfo> list() {
        return List.copyOf(known.values());
    }

    @Override
    public Optional<UserInfo> find(String name) {
        return Optional.ofNullable(known.get(name));
    }

    @Override
    public String add(String name, Role role, AccessScope scope, Optional<String> password) {
        calls.add("add " + name + " " + role + " " + scope + " " + password.orElse("-"));
        put(name, role, scope, true, false);
        return password.orElse("made-for-" + name);
    }

    @Override
    public String setPassword(String name, Optional<String> password) {
        calls.add("password " + name + " " + password.orElse("-"));
        return password.orElse("made-for-" + name);
    }

    @Override
    public void setRole(String name, Role role, AccessScope scope) {
        put(require(name).name(), role, scope, true, false);
    }

    @Override
    public void setEnabled(String name, boolean enabled) {
        UserInfo info = require(name);
        put(name, info.role(), info.scope(), enabled, info.totp());
    }

    @Override
    public void remove(String name) {
        calls.add("remove " + name);
        require(name);
        known.remove(name);
    }

    @Override
    public String newTotpSecret() {
        return "SECRET32";
    }

    @Override
    public void setTotp(String name, String secret, String code) {
        calls.add("totp " + name + " " + secret + " " + code);
    }

    @Override
    public void removeTotp(String name) {
        calls.add("no totp " + name);
    }

    @Override
    public String openSession(ExternalUser user, Caller.Origin origin, InetAddress from) {
        throw new UnsupportedOperationException("The shell has no sessions of browsers");
    }

    @Override
    public Optional<Caller> session(String secret, Caller.Origin origin, InetAddress from) {
        return Optional.empty();
    }

    @Override
    public void refused(Caller.Origin origin, InetAddress from, String reason) {
        throw new UnsupportedOperationException("The shell has no sessions of browsers");
    }

    @Override
    public void closeSession(String secret) {
        throw new UnsupportedOperationException("The shell has no sessions of browsers");
    }
}
