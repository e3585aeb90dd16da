package platform.db.postgresql;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import platform.db.api.DatabaseException;

/**
 * Where the server listens besides 127.0.0.1. Read once, from the file itself: the server cannot change it while it runs,
 * and a restart would cut the connections of all instances.
 *
 * @param addresses as PostgreSQL's {@code listen_addresses}; empty is nowhere
 * @param port where; the same on 127.0.0.1
 */
record ListenSettings(String addresses, int port) {

    static final ListenSettings NOWHERE = new ListenSettings("", 0);
    private static final String FILE = "etc/platform.db.postgresql.cfg";
    private static final String USUAL_PORT = "5433";

    /**
     * @param data the data folder
     * @throws DatabaseException when the file cannot be read or has something else in it
     */
    static ListenSettings atStart(Path data) {
        Properties read = read(data);
        return of(
                read.getProperty("listen", "").strip(),
                read.getProperty("port", USUAL_PORT).strip());
    }

    /** What is in the file; nothing when there is none. */
    static Properties read(Path data) {
        Path file = data.resolve(FILE);
        return Files.exists(file) ? load(file) : new Properties();
    }

    static Properties load(Path file) {
        Properties read = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            read.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new DatabaseException(
                    "The settings in " + file + " cannot be read (" + e.getMessage() + "): write lines key = value", e);
        }
        return read;
    }

    private static ListenSettings of(String addresses, String port) {
        if (addresses.isEmpty()) {
            return NOWHERE;
        }
        if (!addresses.matches("[0-9A-Za-z.:*,_ -]+")) {
            throw new DatabaseException("The setting listen in " + FILE + " is '" + addresses
                    + "': give addresses separated by commas, such as 0.0.0.0");
        }
        if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65535) {
            throw new DatabaseException(
                    "The setting port in " + FILE + " is '" + port + "': give a number from 1 to 65535");
        }
        return new ListenSettings(addresses, Integer.parseInt(port));
    }

    /** Whether other machines can reach the server. */
    boolean beyondLoopback() {
        return !addresses.isEmpty();
    }

    /** The server's settings that follow from it; the platform itself always uses 127.0.0.1. */
    Map<String, String> server() {
        if (!beyondLoopback()) {
            return Map.of();
        }
        boolean everywhere = addresses.contains("*") || addresses.contains("0.0.0.0");
        return Map.of(
                "listen_addresses",
                everywhere ? addresses : "127.0.0.1," + addresses,
                "port",
                Integer.toString(port),
                "ssl",
                "on",
                "ssl_min_protocol_version",
                "TLSv1.2");
    }
}
