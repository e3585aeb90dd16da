package platform.core.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has come in and gone out over all network cards of the machine since it runs, in bytes; nothing on loopback.
 */
record NetworkUse(double in, double out) {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkUse.class);
    private static final int SENT = 8;

    static NetworkUse now() {
        try {
            return of(Files.readAllLines(Path.of("/proc/net/dev")));
        } catch (IOException e) {
            LOG.debug("The network cards cannot be looked at", e);
            return new NetworkUse(Double.NaN, Double.NaN);
        }
    }

    /** @param lines of {@code /proc/net/dev}: a name, a colon, what was received and what was sent, eight numbers each */
    static NetworkUse of(List<String> lines) {
        List<String[]> cards = lines.stream()
                .filter(line -> line.contains(":") && !line.strip().startsWith("lo:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip().split("\\s+"))
                .toList();
        return new NetworkUse(sum(cards, 0), sum(cards, SENT));
    }

    private static double sum(List<String[]> cards, int field) {
        return cards.stream()
                .mapToDouble(card -> Double.parseDouble(card[field]))
                .sum();
    }
}
