package platform.backup.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * A target to be added. Its text never shows the secret.
 *
 * @param name 1 to 63 lower-case letters, digits and {@code -}
 * @param address {@code file:///folder/}, {@code https://user@host/folder/} ({@code davs} means the same, {@code http} and
 *     {@code dav} are without TLS), {@code sftp://user@host:port/folder/} (a path that begins with {@code /~/} is below the
 *     user's home) or {@code s3://key@bucket/prefix?endpoint=https://host&region=name}
 * @param secret the password, the secret of the access key, or a private key for SSH without a passphrase
 * @param hostKey the fingerprint of the SSH server's key as {@code ssh-keygen -l} prints it, {@code SHA256:…}
 * @param authorities a file with certificates in PEM that are believed instead of those of Java
 * @param bytesPerSecond what it gets and gives at most, 0 for as much as goes
 * @param excluded the instances that are not backed up to it: {@code name@domain}
 */
public record TargetSetup(
        String name,
        String address,
        Optional<String> secret,
        Optional<String> hostKey,
        Optional<Path> authorities,
        long bytesPerSecond,
        Set<String> excluded) {

    @Override
    public String toString() {
        return "TargetSetup[" + name + "]";
    }
}
