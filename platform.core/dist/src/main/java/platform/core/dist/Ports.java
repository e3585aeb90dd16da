package platform.core.dist;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** Looks whether the webserver will get its ports, so that a wrong one is one sentence and not a half-started platform. */
final class Ports {

    private Ports() {}

    /**
     * Binds both ports for a moment.
     *
     * @throws LaunchException when one of them cannot be bound; it names the port and the option that chooses another
     */
    static void check(Options options) {
        InetAddress address = address(options.bind());
        check(address, options.http(), "--http");
        check(address, options.https(), "--https");
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
        } catch (IOException e) {
            throw new LaunchException(
                    reason(address.getHostAddress(), port, option, String.valueOf(e.getMessage())), e);
        }
    }

    private static String reason(String address, int port, String option, String cause) {
        if (cause.contains("assign requested")) {
            return "The address " + address + " is none of this machine's: choose another with --bind ADDR.";
        }
        if (cause.contains("Permission denied")) {
            return "Port " + port + " is not open to this user: choose another with " + option + " PORT.";
        }
        if (cause.contains("already in use")) {
            return "Port " + port + " is in use: stop what listens on it, or choose another with " + option + " PORT.";
        }
        return "Port " + port + " of " + address + " cannot be opened (" + cause + "): choose another with " + option
                + " PORT.";
    }
}
