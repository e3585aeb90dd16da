package platform.core.manager;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The logins that were right: a page of the console consists of some twenty requests, each with the password, and checking one
 * takes 50 ms of CPU on purpose; and a code of a second factor is good only once. Each is forgotten a quarter of an hour after
 * its last use, or after twelve hours, and when its user changes. Kept as a digest with a salt that never leaves this process.
 */
final class ProvenLogins {

    static final Duration UNUSED = Duration.ofMinutes(15);
    static final Duration LIFETIME = Duration.ofHours(12);
    private static final int REMEMBERED = 1000;

    private final Clock clock;
    private final byte[] salt = new byte[32];
    private final Map<String, Proof> proofs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Proof> eldest) {
            return size() > REMEMBERED;
        }
    };

    ProvenLogins(Clock clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(salt);
    }

    synchronized void remember(Account account, char[] password) {
        Instant now = clock.instant();
        proofs.put(digest(account.name(), password), new Proof(account, now, now));
    }

    /** Whether it was right, and the account is still as it was then. */
    synchronized boolean knows(Optional<Account> account, String user, char[] password) {
        String digest = digest(user, password);
        Proof proof = proofs.get(digest);
        if (proof == null) {
            return false;
        }
        Instant now = clock.instant();
        boolean holds = now.isBefore(proof.used().plus(UNUSED))
                && now.isBefore(proof.made().plus(LIFETIME))
                && account.filter(proof.account()::equals).isPresent();
        if (holds) {
            proofs.put(digest, new Proof(proof.account(), proof.made(), now));
        } else {
            proofs.remove(digest);
        }
        return holds;
    }

    private String digest(String user, char[] password) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            sha.update((user + ":" + new String(password)).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Whose it is, and how long it holds. */
    private record Proof(Account account, Instant made, Instant used) {}
}
