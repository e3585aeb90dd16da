package platform.core.api;

import java.time.Instant;

/**
 * A public SSH key by which a user may log in.
 *
 * @param line as in OpenSSH's {@code authorized_keys}: its type, the key in Base64, and a comment where it has one
 * @param fingerprint as OpenSSH shows it: {@code SHA256:} and 43 characters
 */
public record UserKey(String user, String line, String fingerprint, Instant added) {

    /** Its type, such as {@code ssh-ed25519}. */
    public String type() {
        return line.split(" ", 2)[0];
    }

    /** What its owner calls it; may be empty. */
    public String comment() {
        String[] words = line.split(" ", 3);
        return words.length < 3 ? "" : words[2];
    }
}
