package platform.backup.archive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import platform.backup.api.BackupException;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.Instances;
import platform.core.api.Platform;

/**
 * Refuses targets that lie on this very platform: a backup that is kept in an instance is part of that instance's next backup, and
 * so on, until the disk is full. It is asked at each use, since instances and addresses change.
 */
final class OwnPlatform {

    private final Platform platform;
    private final Instances instances;

    OwnPlatform(Platform platform, Instances instances) {
        this.platform = platform;
        this.instances = instances;
    }

    /**
     * @throws BackupException when it lies in an instance that is not excluded, or in the data folder
     */
    void refuse(TargetSpec target) {
        switch (target.uri().getScheme()) {
            case "file" -> refuseFolder(target.folder());
            case "http", "https" -> refuseInstance(target.uri(), target.info().excluded());
            default -> {
                // The platform serves neither.
            }
        }
    }

    /**
     * @throws BackupException when it is in the data folder, but not below its backups
     */
    void refuseFolder(Path folder) {
        Path real = real(folder);
        Path data = real(platform.data());
        if (real.startsWith(data) && !real.startsWith(data.resolve("backups"))) {
            throw new BackupException(
                    "The folder " + folder + " is part of the platform's own data. Use a folder elsewhere,"
                            + " best on another disk, or " + data.resolve("backups") + ".");
        }
    }

    /** Links resolved as far as the path exists. */
    private static Path real(Path path) {
        Path existing = path.toAbsolutePath().normalize();
        Path rest = Path.of("");
        while (!Files.exists(existing)) {
            rest = existing.getFileName().resolve(rest);
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath().resolve(rest).normalize();
        } catch (IOException e) {
            throw new BackupException("The folder " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /**
     * @param excluded the instances that are not backed up to it
     * @throws BackupException when it lies in another one
     */
    void refuseInstance(URI uri, Set<String> excluded) {
        Optional<InstanceInfo> byHost = instances.list().stream()
                .filter(it -> !it.host().isEmpty() && it.host().equalsIgnoreCase(uri.getHost()))
                .findFirst();
        if (byHost.isPresent()) {
            refuse(uri, excluded, byHost.get());
        } else if (isOwn(uri)) {
            refuse(uri, excluded, atPath(uri));
        }
    }

    private InstanceInfo atPath(URI uri) {
        String path = uri.getPath().replaceAll("/{2,}", "/");
        return instances.list().stream()
                .filter(it -> isBelow(path, it.path())
                        || it.formerPaths().keySet().stream().anyMatch(former -> isBelow(path, former)))
                .max((a, b) -> Integer.compare(a.path().length(), b.path().length()))
                .orElseThrow(() -> new BackupException(withoutLogin(uri)
                        + " is this very platform, and no instance has that path. Use" + " another place."));
    }

    private static boolean isBelow(String path, String instance) {
        String folder = instance.endsWith("/") ? instance : instance + "/";
        return path.regionMatches(true, 0, folder, 0, folder.length());
    }

    private static void refuse(URI uri, Set<String> excluded, InstanceInfo instance) {
        InstanceId id = instance.id();
        if (!excluded.contains(id.toString())) {
            throw new BackupException(
                    withoutLogin(uri) + " is the instance " + id + " of this very platform: each backup would"
                            + " hold all earlier ones. Use another place, or a target (backup:target add) that leaves that"
                            + " instance out: --exclude " + id);
        }
    }

    /** A line of a command file may have a password in its address. */
    private static String withoutLogin(URI uri) {
        return uri.getRawUserInfo() == null ? uri.toString() : uri.toString().replace(uri.getRawUserInfo() + "@", "");
    }

    /** Whether one of the addresses that the host has is this machine's, and the port one of the platform's. */
    private boolean isOwn(URI uri) {
        return platform.addresses().stream().anyMatch(own -> port(own) == port(uri) && isSameHost(own, uri));
    }

    private static boolean isSameHost(URI own, URI uri) {
        return uri.getHost().equalsIgnoreCase(own.getHost()) || isThisMachine(uri.getHost());
    }

    private static int port(URI uri) {
        if (uri.getPort() >= 0) {
            return uri.getPort();
        }
        return uri.getScheme().equals("https") ? 443 : 80;
    }

    private static boolean isThisMachine(String host) {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress()
                        || address.isAnyLocalAddress()
                        || NetworkInterface.getByInetAddress(address) != null) {
                    return true;
                }
            }
            return false;
        } catch (UnknownHostException e) {
            // Nobody can write there either.
            return false;
        } catch (SocketException e) {
            throw new BackupException("The addresses of this machine cannot be found: " + e.getMessage(), e);
        }
    }
}
