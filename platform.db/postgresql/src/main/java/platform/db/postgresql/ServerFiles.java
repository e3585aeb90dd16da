package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import platform.db.api.DatabaseException;

/** What the data folder says about servers: which is the default one, which others there are, and their passwords. */
record ServerFiles(Path data) {

    /** The name of the default server where that is not our own. */
    Optional<String> external() {
        Properties read = ListenSettings.read(data);
        String kind = read.getProperty("db", Server.EMBEDDED).strip();
        return switch (kind) {
            case Server.EMBEDDED -> Optional.empty();
            case "external" ->
                Optional.of(read.getProperty("db.server", "external").strip());
            default ->
                throw new DatabaseException("The setting db in etc/platform.db.postgresql.cfg is '" + kind
                        + "': give embedded or external");
        };
    }

    /** The names of the servers that have a file in {@code etc}. */
    Set<String> names() {
        Set<String> names = new TreeSet<>();
        Path etc = data.resolve("etc");
        if (!Files.isDirectory(etc)) {
            return names;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(etc, ServerSettings.file("*"))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                names.add(name.substring(ServerSettings.PID.length() + 1, name.length() - ".cfg".length()));
            }
            return names;
        } catch (IOException e) {
            throw new DatabaseException("The settings in " + etc + " cannot be listed: " + e, e);
        }
    }

    /** The file with its settings. */
    Path settings(String name) {
        return data.resolve("etc").resolve(ServerSettings.file(name));
    }

    /** The file with its password. */
    Path secret(String name) {
        return data.resolve("secrets").resolve("postgresql-servers").resolve(name);
    }

    /** The file with the certificates that were given for it. */
    Path authorities(String name) {
        return data.resolve("etc").resolve(ServerSettings.PID + "-" + name + ".pem");
    }

    /** A login to a server, which is not tried yet. */
    ExternalServer login(ServerSettings settings) {
        return login(settings, secret(settings.name()));
    }

    ExternalServer login(ServerSettings settings, Path secret) {
        return new ExternalServer(settings, secret, data.resolve("cache").resolve("restore " + settings.name()));
    }
}
