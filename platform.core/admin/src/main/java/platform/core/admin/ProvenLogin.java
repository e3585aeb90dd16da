package platform.core.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The last login that was right, for a minute: a page of the console consists of some twenty requests, each with the
 * password, and checking one takes 100 ms of CPU on purpose. Kept as a digest with a salt that never leaves this process.
 */
final class ProvenLogin {

    private static final Duration LIFETIME = Duration.ofMinutes(1);

    private final Clock clock;
    private final byte[] salt = new byte[32];
    private volatile Proof last = new Proof(new byte[0], Instant.EPOCH);

    ProvenLogin(Clock clock) {
        this.clock = clock;
        new SecureRandom().nextBytes(salt);
    }

    void remember(BasicCredentials credentials) {
        last = new Proof(digest(credentials), clock.instant().plus(LIFETIME));
    }

    boolean knows(BasicCredentials credentials) {
        Proof proof = last;
        return clock.instant().isBefore(proof.until()) && MessageDigest.isEqual(proof.digest(), digest(credentials));
    }

    private byte[] digest(BasicCredentials credentials) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            sha.update((credentials.user() + ":" + credentials.password()).getBytes(StandardCharsets.UTF_8));
            return sha.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** A digest and the end of its life. */
    private record Proof(byte[] digest, Instant until) {}
}
