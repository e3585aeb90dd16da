package platform.core.rest;

import java.security.Principal;
import java.time.Instant;
import java.util.Optional;
import platform.core.api.AccessScope;
import platform.core.api.Caller;
import platform.core.api.Role;
import platform.core.api.TokenInfo;
import platform.core.api.Tokens;
import platform.core.api.UserInfo;
import platform.core.api.Users;

/**
 * Somebody who has logged in to a socket. That may last for days: what he may do is asked for anew.
 *
 * @param since when he has logged in
 */
record LiveUser(Caller caller, Instant since) implements Principal {

    private static final String TOKEN = "/";

    @Override
    public String getName() {
        return caller.user();
    }

    /** The user, also when a token of his has logged in. */
    String owner() {
        return caller.user().split(TOKEN, 2)[0];
    }

    /** Who he is now; empty when he would be let in no more by what he has logged in with. */
    Optional<Caller> now(Parts parts, Instant at) {
        Optional<UserInfo> user = parts.need(Users.class).find(owner()).filter(UserInfo::enabled);
        return caller.user().contains(TOKEN)
                ? user.flatMap(it -> byToken(it, parts.need(Tokens.class), at))
                : user.filter(it -> !it.passwordChanged().isAfter(since)).map(it -> with(it.role(), it.scope()));
    }

    /** A token has no more rights than its user. */
    private Optional<Caller> byToken(UserInfo user, Tokens tokens, Instant at) {
        return tokens.list().stream()
                .filter(it -> caller.user().equals(it.user() + TOKEN + it.name()))
                .filter(it -> it.expires().isAfter(at) && !it.created().isAfter(since))
                .findFirst()
                .map(it -> with(lesser(user, it), user.scope().and(it.scope())));
    }

    private static Role lesser(UserInfo user, TokenInfo token) {
        return user.role().includes(token.role()) ? token.role() : user.role();
    }

    private Caller with(Role role, AccessScope scope) {
        return new Caller(caller.user(), role, scope, caller.origin(), caller.from());
    }
}
