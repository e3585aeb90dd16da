package platform.backup.api;

import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A place that backups go to. It holds no secret.
 *
 * @param name what it is called
 * @param address its address, with the user
 * @param hasSecret whether a password or key is kept for it
 * @param hostKey the fingerprint of the SSH server's key; empty for other kinds
 * @param authorities the file with the authorities that its certificate may be signed by; empty for those of Java
 * @param bytesPerSecond what it gets and gives at most, 0 for as much as goes
 * @param excluded the instances that are not backed up to it: {@code name@domain}
 */
public record TargetInfo(
        String name,
        String address,
        boolean hasSecret,
        Optional<String> hostKey,
        Optional<Path> authorities,
        long bytesPerSecond,
        SortedSet<String> excluded) {}
