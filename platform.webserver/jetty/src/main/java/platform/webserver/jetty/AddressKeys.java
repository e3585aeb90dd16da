package platform.webserver.jetty;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** By what addresses are counted: one of IPv4, or a /64 of IPv6, which one customer usually has to himself. */
final class AddressKeys {

    private static final int PREFIX_BYTES = 8;

    private AddressKeys() {}

    static InetAddress of(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        try {
            byte[] prefix = Arrays.copyOf(Arrays.copyOf(address.getAddress(), PREFIX_BYTES), 2 * PREFIX_BYTES);
            return InetAddress.getByAddress(prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }
}
