package platform.db.postgresql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import platform.db.api.DatabaseException;
import platform.db.api.ServerRegistration;

/** Settings of a server that are tried before they hold. Until they are kept their files lie beside those that do. */
final class ServerDraft implements AutoCloseable {

    /** What File Install reads as it is written. */
    private static final String PLAIN = "[^\\p{Cntrl}\\\\${}]+";

    private final ServerRegistration server;
    private final Path secret;
    private final Path authorities;
    private final Path settings;

    ServerDraft(ServerFiles files, ServerRegistration server) {
        this.server = server;
        this.secret = files.secret(server.name());
        this.authorities = files.authorities(server.name());
        this.settings = files.settings(server.name());
    }

    /**
     * The settings with the new files as they lie now.
     *
     * @throws DatabaseException when a value cannot be meant so
     */
    ServerSettings write() throws IOException {
        close();
        check(server.user().isEmpty() || server.user().matches(PLAIN), "user has characters that no setting can have");
        if (server.authorities().isPresent()) {
            String pem = server.authorities().get();
            check(areCertificates(pem), "the authorities are no certificates in PEM");
            PostgresCluster.write(part(authorities), pem);
        }
        if (server.password().isPresent()) {
            Folders.make(secret.getParent(), "rwx------");
            SecretFile.write(part(secret), server.password().get());
        }
        return ServerSettings.of(server.name(), values(newest(authorities)));
    }

    /** The file with the password that is to be tried. */
    Path trialSecret() {
        return newest(secret);
    }

    /** From now on they hold; the settings themselves come last. */
    ServerSettings keep() throws IOException {
        move(secret);
        move(authorities);
        Map<String, String> values = values(authorities);
        PostgresCluster.write(
                part(settings),
                values.entrySet().stream()
                        .map(value -> value.getKey() + " = " + value.getValue() + "\n")
                        .collect(Collectors.joining()));
        move(settings);
        return ServerSettings.of(server.name(), values);
    }

    private Map<String, String> values(Path certificates) {
        Map<String, String> values = new TreeMap<>();
        values.put("host", server.host());
        values.put("port", Integer.toString(server.port()));
        values.put("tls", server.tls());
        values.put("user", server.user());
        values.put("connections", Integer.toString(server.connections()));
        Optional.of(certificates).filter(Files::exists).ifPresent(file -> values.put("ca", file.toString()));
        return values;
    }

    private static boolean areCertificates(String pem) {
        try {
            byte[] bytes = pem.getBytes(StandardCharsets.US_ASCII);
            return !CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes))
                    .isEmpty();
        } catch (CertificateException e) {
            return false;
        }
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new DatabaseException(
                    "The database server '" + server.name() + "' cannot be registered: " + otherwise);
        }
    }

    private static Path part(Path file) {
        return file.resolveSibling(file.getFileName() + ".part");
    }

    private static Path newest(Path file) {
        return Files.exists(part(file)) ? part(file) : file;
    }

    private static void move(Path file) throws IOException {
        if (Files.exists(part(file))) {
            Files.move(part(file), file, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(part(secret));
        Files.deleteIfExists(part(authorities));
        Files.deleteIfExists(part(settings));
    }
}
