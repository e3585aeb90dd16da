package platform.backup.archive;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.function.Function;

/**
 * What the parameters of a command file say of the platform.
 *
 * @param label its version
 * @param mac the address of its network card, 12 hexadecimal digits
 * @param started when it started
 * @param appVersion the version of an app by its name
 */
record PlatformFacts(String label, String mac, Instant started, Function<String, String> appVersion) {

    private static final String NONE = "0".repeat(12);

    /** The address of the first card that has one; zeros where there is none. */
    static String macOfThisMachine() {
        try {
            Enumeration<NetworkInterface> all = NetworkInterface.getNetworkInterfaces();
            while (all.hasMoreElements()) {
                NetworkInterface card = all.nextElement();
                byte[] mac = card.isLoopback() || card.isVirtual() ? null : card.getHardwareAddress();
                if (mac != null && mac.length == 6 && !Arrays.equals(mac, new byte[6])) {
                    return HexFormat.of().formatHex(mac);
                }
            }
        } catch (SocketException e) {
            return NONE;
        }
        return NONE;
    }
}
