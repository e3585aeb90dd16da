package platform.webserver.jetty;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import platform.webserver.api.WebserverException;

/** The proxies whose word about a client's address is taken: addresses and blocks of them (RFC 4632, RFC 4291 2.3). */
record Proxies(List<Block> blocks) {

    static final Proxies NONE = new Proxies(List.of());

    private static final String LITERAL = "[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    /** The addresses whose first bits are these. */
    record Block(byte[] address, int bits) {

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                if (((address[bit / 8] ^ other[bit / 8]) >> 7 - bit % 8 & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * @param list addresses or blocks such as {@code 10.0.0.0/8}, with commas or spaces between them
     * @throws WebserverException names the one that is neither
     */
    static Proxies parse(String list) {
        return new Proxies(Arrays.stream(list.split("[,\\s]+"))
                .filter(each -> !each.isEmpty())
                .map(Proxies::block)
                .toList());
    }

    boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (Block block : blocks) {
            if (block.contains(bytes)) {
                return true;
            }
        }
        return false;
    }

    private static Block block(String text) {
        String[] parts = text.split("/", 2);
        InetAddress address = literal(parts[0]);
        if (address != null) {
            int most = address.getAddress().length * 8;
            if (parts.length == 1) {
                return new Block(address.getAddress(), most);
            }
            if (parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= most) {
                return new Block(address.getAddress(), Integer.parseInt(parts[1]));
            }
        }
        throw new WebserverException("The setting proxies in etc/" + WebserverComponent.PID + ".cfg names '" + text
                + "': give IP addresses or blocks such as 10.0.0.0/8, with commas between them.");
    }

    /** The address that is written there; null when it is none. A name is never looked up. */
    static InetAddress literal(String text) {
        if (!text.matches(LITERAL) || text.indexOf(':') < 0 && !text.matches("\\d{1,3}(\\.\\d{1,3}){3}")) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException malformed) {
            return null;
        }
    }
}
