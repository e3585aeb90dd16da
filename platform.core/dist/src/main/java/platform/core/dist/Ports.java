package platform.core.dist;

import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Looks whether the webserver will get its ports, so that a wrong one is one sentence and not a half-started platform. */
final class Ports {

    private Ports() {}

    /**
     * Binds both ports for a moment.
     *
     * @param settings the webserver's settings, whose ports go before those of the options; need not be there
     * @throws LaunchException when one of them cannot be bound; it names the port and what chooses another
     */
    static void check(Options options, Path settings) {
        Properties given = read(settings);
        String bind = given.getProperty("bind", "").strip();
        InetAddress address = address(bind.isEmpty() ? options.bind() : bind);
        check(address, given.getProperty("http.port", ""), options.http(), "http");
        check(address, given.getProperty("https.port", ""), options.https(), "https");
    }

    private static void check(InetAddress address, String given, int otherwise, String which) {
        if (given.strip().matches("\\d{1,5}")) {
            check(address, Integer.parseInt(given.strip()), which + ".port in etc/platform.webserver.jetty.cfg");
        } else {
            check(address, otherwise, "--" + which + " PORT");
        }
    }

    /** What cannot be read the webserver will complain of. */
    private static Properties read(Path settings) {
        Properties given = new Properties();
        try (Reader in = Files.newBufferedReader(settings)) {
            given.load(in);
        } catch (IOException | IllegalArgumentException unreadable) {
            given.clear();
        }
        return given;
    }

    private static InetAddress address(String bind) {
        try {
            return InetAddress.getByName(bind);
        } catch (UnknownHostException e) {
            throw new LaunchException("'" + bind + "' is no address: give one of this machine's with --bind ADDR.", e);
        }
    }

    private static void check(InetAddress address, int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new LaunchException(
                    reason(address.getHostAddress(), port, option, String.valueOf(e.getMessage())), e);
        }
    }

    private static String reason(String address, int port, String option, String cause) {
        if (cause.contains("assign requested")) {
            return "The address " + address + " is none of this machine's: choose another with --bind ADDR.";
        }
        if (cause.contains("Permission denied")) {
            return "Port " + port + " is not open to this user: choose another with " + option + ".";
        }
        if (cause.contains("already in use")) {
            return "Port " + port + " is in use: stop what listens on it, or choose another with " + option + ".";
        }
        return "Port " + port + " of " + address + " cannot be opened (" + cause + "): choose another with " + option
                + ".";
    }
}
