package platform.backup.api;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where an instance is to be moved.
 *
 * @param platform the other platform's address, {@code https://host:port}, or {@code http://} on this machine
 * @param ticket what {@link Moves#accept} has given there; never in {@link #toString()}
 * @param authorities the certificates that are believed instead of Java's, in PEM
 */
public record MoveRequest(String instance, URI platform, String ticket, Optional<Path> authorities) {

    @Override
    public String toString() {
        return "MoveRequest[" + instance + " to " + platform + "]";
    }
}
