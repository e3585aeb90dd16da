package platform.core.manager;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has logged in and is known by a secret of 256 random bits from then on. It ends a quarter of an hour after its last use, after
 * twelve hours, and with the platform: nothing of it is kept but its digest, in memory.
 */
final class Sessions {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SECRET_BYTES = 32;
    private static final int REMEMBERED = 1000;

    private final Clock clock;
    private final Map<String, Session> sessions = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Session> eldest) {
            return size() > REMEMBERED;
        }
    };

    Sessions(Clock clock) {
        this.clock = clock;
    }

    /** @return the secret */
    synchronized String open(Account user) {
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        sessions.put(
                ApiTokens.sha256(secret), new Session(user.name(), user.password(), clock.instant(), clock.instant()));
        return secret;
    }

    /** Whose it is, which counts as its use. */
    synchronized Optional<Session> find(String secret) {
        String digest = ApiTokens.sha256(secret);
        Optional<Session> session = Optional.ofNullable(sessions.get(digest)).filter(it -> it.holds(clock.instant()));
        session.ifPresentOrElse(it -> sessions.put(digest, it.usedAt(clock.instant())), () -> sessions.remove(digest));
        return session;
    }

    synchronized void close(String secret) {
        sessions.remove(ApiTokens.sha256(secret));
    }

    /** @param identity what his account has in place of a password: another one of his name may come after him */
    record Session(String user, String identity, Instant made, Instant used) {

        boolean isOf(Account account) {
            return account.password().equals(identity);
        }

        private Session usedAt(Instant now) {
            return new Session(user, identity, made, now);
        }

        private boolean holds(Instant now) {
            return now.isBefore(used.plus(ProvenLogins.UNUSED)) && now.isBefore(made.plus(ProvenLogins.LIFETIME));
        }
    }
}
