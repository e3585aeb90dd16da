package platform.core.shell;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import platform.core.api.AccessScope;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.TokenInfo;
import platform.core.api.Tokens;

/** Keeps what it is told. */
final class FakeTokens implements Tokens {

    final List<TokenInfo> known = new ArrayList<>();

    @Override
    public List<TokenInfo> list() {
        return List.copyOf(known);
    }

    @Override
    public String add(String name, String user, Role role, AccessScope scope, Instant expires) {
        known.add(new TokenInfo(name, user, role, scope, Instant.parse("2026-11-20T10:00:00Z"), expires));
        return "plat_secret";
    }

    @Override
    public void remove(String name) {
        if (!known.removeIf(token -> token.name().equals(name))) {
            throw PlatformException.notFound("There is no token '" + name + "'.");
        }
    }
}
