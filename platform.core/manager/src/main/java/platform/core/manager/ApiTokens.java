package platform.core.manager;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import platform.core.api.AccessScope;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.TokenInfo;
import platform.core.api.Tokens;

/** What administrators do with API tokens. 256 random bits need no slow hash: SHA-256 of them is kept. */
@Component
public final class ApiTokens implements Tokens {

    /** By which scanners for secrets, and people, recognise one. */
    static final String PREFIX = "plat_";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final UserBook book;
    private final Clock clock;

    @Activate
    public ApiTokens(@Reference UserBook book) {
        this(book, Clock.systemUTC());
    }

    ApiTokens(UserBook book, Clock clock) {
        this.book = book;
        this.clock = clock;
    }

    @Override
    public List<TokenInfo> list() {
        return book.tokens().stream().map(ApiToken::info).toList();
    }

    @Override
    public String add(String name, String user, Role role, AccessScope scope, Instant expires) {
        if (!NAME.matcher(name).matches()) {
            throw PlatformException.invalid("The token's name is not allowed. Use 1 to 64 lower-case letters, digits,"
                    + " '-', '_' and '.', beginning with a letter or digit: ci");
        }
        Account owner = book.require(user);
        if (!owner.role().includes(role) || !owner.scope().includes(scope)) {
            throw PlatformException.invalid("A token has no more rights than its user. '" + user + "' is "
                    + owner.role() + " of " + owner.scope() + ".");
        }
        if (!expires.isAfter(clock.instant())) {
            throw PlatformException.invalid("The token would be over at once. Let it last longer.");
        }
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        book.add(new ApiToken(new TokenInfo(name, user, role, scope, clock.instant(), expires), sha256(token)));
        return token;
    }

    static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public void remove(String name) {
        book.removeToken(name);
    }
}
