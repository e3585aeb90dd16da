package platform.core.admin;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.regex.Pattern;
import platform.core.api.ExternalUser;
import platform.core.api.PlatformException;

/**
 * Logs in at the identity provider that is configured, and makes of its claims what somebody is here. A provider that does not answer
 * holds up {@value #AT_ONCE} of the webserver's threads at most, and one that could not be asked is not asked again at once: anybody
 * can begin a login.
 */
final class OidcLogin {

    private static final int AT_ONCE = 8;
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+-]{0,99}");

    private final OidcConfig config;
    private final Clock clock;
    private final LoginAttempts attempts;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private OidcProvider provider;
    private PlatformException trouble;
    private Instant nextTry = Instant.MIN;

    OidcLogin(OidcConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.attempts = new LoginAttempts(clock);
    }

    /** @param page where the browser is led when it has come back */
    LoginAttempt begin(String page) {
        return attempts.begin(page);
    }

    /**
     * Where to send the browser.
     *
     * @throws PlatformException INVALID when the settings are wrong, FAILED when the provider cannot be asked
     */
    URI request(LoginAttempt attempt) {
        return ask(it -> it.request(attempt));
    }

    /**
     * Who has come back, and where to.
     *
     * @param answer the query that the provider has sent the browser with
     * @param browser the cookie that it was sent off with
     * @throws PlatformException DENIED when the answer is not to be believed, or no role is meant for him; FAILED when the provider
     *     cannot be asked
     */
    Returned returned(String answer, String state, String browser) {
        LoginAttempt attempt = attempts.end(String.valueOf(state), browser)
                .orElseThrow(() -> denied("This login was not begun in this browser, or is over. Begin it anew."));
        return ask(it -> {
            OidcProvider.Answer said = it.answer(attempt, answer);
            return new Returned(user(it.settings(), said.claims()), said.idToken(), attempt.page());
        });
    }

    /** @param page the one that was named at the beginning */
    record Returned(ExternalUser user, String idToken, String page) {}

    /** Where to send the browser of who logs out; empty when the provider need not know, or does not offer it. */
    synchronized Optional<URI> logout(String idToken) {
        return Optional.ofNullable(provider).flatMap(it -> it.logout(idToken));
    }

    private <T> T ask(Function<OidcProvider, T> question) {
        if (!places.tryAcquire()) {
            throw PlatformException.failed(
                    "The identity provider is slow, and others wait for it already. Try again in some seconds, or log"
                            + " in with a password.",
                    null);
        }
        try {
            return question.apply(provider());
        } finally {
            places.release();
        }
    }

    private synchronized OidcProvider provider() {
        if (provider != null) {
            return provider;
        }
        if (clock.instant().isBefore(nextTry)) {
            throw trouble;
        }
        try {
            provider = OidcProvider.discover(OidcSettings.of(config));
            return provider;
        } catch (PlatformException e) {
            trouble = e;
            nextTry = clock.instant().plus(PAUSE);
            throw e;
        }
    }

    private static ExternalUser user(OidcSettings settings, Map<String, Object> claims) {
        String name = String.valueOf(claim(claims, settings.nameClaim()));
        if (claim(claims, settings.nameClaim()) == null || !NAME.matcher(name).matches()) {
            throw denied("The identity provider does not tell a name in the claim '" + settings.nameClaim()
                    + "' that can be used here: up to 100 letters, digits and ._@+-");
        }
        RoleMapping mapping = RoleMapping.first(settings.roles(), roles(settings, claims))
                .orElseThrow(() -> denied("No role of this platform is meant for you, " + name
                        + ". Ask its administrator to map a value of your claim '" + settings.roleClaim() + "'."));
        String identity = claims.get("iss") + " " + claims.get("sub");
        return new ExternalUser(name, identity, mapping.role(), mapping.scope());
    }

    private static Collection<String> roles(OidcSettings settings, Map<String, Object> claims) {
        Object claim = claim(claims, settings.roleClaim());
        boolean unproven =
                settings.roleClaim().equals("email") && !"true".equals(String.valueOf(claims.get("email_verified")));
        if (claim == null || unproven) {
            return List.of();
        }
        return claim instanceof Collection<?> many
                ? many.stream().map(String::valueOf).toList()
                : List.of(claim.toString());
    }

    /** One by its name, which may be a URL, or within others, with dots: {@code realm_access.roles}. Null when there is none. */
    static Object claim(Map<?, ?> claims, String name) {
        Object found = claims.get(name);
        int dot = name.indexOf('.');
        return found == null && dot > 0 && claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? claim(inner, name.substring(dot + 1))
                : found;
    }

    private static PlatformException denied(String message) {
        return new PlatformException(PlatformException.Kind.DENIED, message);
    }
}
