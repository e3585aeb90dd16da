package platform.core.appsocket;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What a client must hash along, so that no digest is good twice. Whoever holds it forgets it as it is used.
 *
 * @param text 16 letters and digits
 * @param until when it ends
 */
record Challenge(String text, Instant until) {

    static final Duration VALID = Duration.ofSeconds(30);

    private static final int LENGTH = 16;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    static Challenge fresh(Clock clock) {
        StringBuilder text = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new Challenge(text.toString(), clock.instant().plus(VALID));
    }

    boolean isValid(Clock clock) {
        return clock.instant().isBefore(until);
    }
}
