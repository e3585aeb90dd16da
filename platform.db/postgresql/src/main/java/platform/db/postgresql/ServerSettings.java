package platform.db.postgresql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import platform.db.api.DatabaseException;
import platform.db.api.ServerRegistration;

/**
 * How a server that somebody else runs is reached.
 *
 * @param user a login that may create roles and databases
 * @param connections how many the platform may have at most; empty is all that the server has
 */
record ServerSettings(String name, Endpoint endpoint, String user, Optional<Integer> connections) {

    /** The settings of the server NAME are in the file {@code etc/<PID>-NAME.cfg}. */
    static final String PID = "platform.db.postgresql.Server";

    static final int USUAL_PORT = ServerRegistration.USUAL_PORT;
    static final String USUAL_TLS = ServerRegistration.USUAL_TLS;
    private static final String NAME = "[a-z0-9][a-z0-9-]{0,30}";
    private static final int LAST_PORT = 65_535;

    /** The platform itself takes 20 of them. */
    private static final int FEWEST_CONNECTIONS = 30;

    /**
     * Those in Configuration Admin.
     *
     * @throws DatabaseException when a setting cannot be meant so; the message says which one, and in which file
     */
    static ServerSettings of(String name, Map<String, ?> values) {
        return new Reader(name, values).read();
    }

    /** Those of the default server, out of the file itself: it is needed before there is a configuration. */
    static ServerSettings read(Path data, String name) {
        Path file = data.resolve("etc").resolve(file(name));
        if (!Files.exists(file)) {
            throw new DatabaseException("The default database server is '" + name + "', but there is no " + file
                    + ": write it, with host, tls, ca and user");
        }
        Properties read = ListenSettings.load(file);
        return of(name, read.stringPropertyNames().stream().collect(Collectors.toMap(it -> it, read::getProperty)));
    }

    /**
     * @throws DatabaseException when no server can be called that
     */
    static void mustBeName(String name) {
        if (!isName(name)) {
            throw new DatabaseException(
                    "'" + name + "' cannot be the name of a database server: take lower-case letters,"
                            + " digits and hyphens, and not " + Server.EMBEDDED);
        }
    }

    private static boolean isName(String name) {
        return name.matches(NAME) && !name.equals(Server.EMBEDDED);
    }

    static String file(String name) {
        return PID + "-" + name + ".cfg";
    }

    /** Takes the settings of one server one by one. */
    private record Reader(String name, Map<String, ?> values) {

        ServerSettings read() {
            check(
                    isName(name),
                    "has a name that cannot be: take lower-case letters, digits and hyphens, and not "
                            + Server.EMBEDDED);
            String host = text("host", "");
            check(host.matches("[0-9A-Za-z._:-]+"), "needs host: a name or an address");
            int port = number("port", USUAL_PORT);
            check(port > 0 && port <= LAST_PORT, "has port = " + port + ": give 1 to " + LAST_PORT);
            String user = text("user", "");
            check(!user.isEmpty(), "needs user: a login that may create roles and databases");
            int connections = number("connections", 0);
            check(
                    connections == 0 || connections >= FEWEST_CONNECTIONS,
                    "has connections = " + connections + ": give 0 for all, or " + FEWEST_CONNECTIONS + " and more");
            Optional<Integer> most = connections == 0 ? Optional.empty() : Optional.of(connections);
            return new ServerSettings(name, new Endpoint(host, port, tls()), user, most);
        }

        private Tls tls() {
            String wanted = text("tls", USUAL_TLS);
            Tls.Mode mode = Stream.of(Tls.Mode.values())
                    .filter(it -> it.toString().equals(wanted))
                    .findFirst()
                    .orElseThrow(
                            () -> problem("has tls = " + wanted + ": give disable, require, verify-ca or verify-full"));
            Optional<Path> ca =
                    Optional.of(text("ca", "")).filter(it -> !it.isEmpty()).map(Path::of);
            check(!mode.verifies() || ca.isPresent(), "has tls = " + mode + ", which needs ca: a PEM file");
            ca.ifPresent(file -> check(Files.isReadable(file), "has ca = " + file + ", which cannot be read"));
            return new Tls(mode, ca);
        }

        private String text(String key, String otherwise) {
            Object value = values.get(key);
            return value == null ? otherwise : value.toString().strip();
        }

        private int number(String key, int otherwise) {
            String text = text(key, Integer.toString(otherwise));
            check(text.matches("\\d{1,6}"), "has " + key + " = " + text + ": give a number");
            return Integer.parseInt(text);
        }

        private void check(boolean holds, String otherwise) {
            if (!holds) {
                throw problem(otherwise);
            }
        }

        private DatabaseException problem(String what) {
            return new DatabaseException("The database server '" + name + "' in etc/" + file(name) + " " + what);
        }
    }
}
