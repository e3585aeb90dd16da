package platform.core.manager;

import java.time.Instant;
import java.util.Optional;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.ExternalUser;
import platform.core.api.Role;
import platform.core.api.UserInfo;

/**
 * A user as the manager keeps him.
 *
 * @param password a hash as {@link PasswordHash} makes it; for who has none here, a digest of who he is at his identity provider
 * @param totp the secret of his second factor
 */
record Account(
        String name,
        Role role,
        AccessScope scope,
        String password,
        Optional<String> totp,
        boolean enabled,
        Instant created,
        Instant passwordChanged) {

    UserInfo info() {
        return new UserInfo(name, role, scope, enabled, totp.isPresent(), created, passwordChanged);
    }

    Caller caller(Caller.Origin origin, String from) {
        return new Caller(name, role, scope, origin, from);
    }

    /** Whether an identity provider logs him in. */
    boolean isExternal() {
        return ExternalUser.isName(name);
    }

    /** Whether he can give everybody's rights back, also while an identity provider is away. */
    boolean isInCharge() {
        return enabled && role == Role.ADMINISTRATOR && !isExternal();
    }

    Account withPassword(String hash, Instant at) {
        return new Account(name, role, scope, hash, totp, enabled, created, at);
    }

    Account withRole(Role newRole, AccessScope newScope) {
        return new Account(name, newRole, newScope, password, totp, enabled, created, passwordChanged);
    }

    Account withEnabled(boolean now) {
        return new Account(name, role, scope, password, totp, now, created, passwordChanged);
    }

    Account withTotp(Optional<String> secret) {
        return new Account(name, role, scope, password, secret, enabled, created, passwordChanged);
    }

    /** Without what must not be seen. */
    @Override
    public String toString() {
        return info().toString();
    }
}
