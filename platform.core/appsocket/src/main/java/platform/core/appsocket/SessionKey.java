package platform.core.appsocket;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** What both sides of a login can calculate and nobody else; kept for clients that encrypt or hash single fields with it. */
final class SessionKey {

    private final String key;

    private SessionKey(String key) {
        this.key = key;
    }

    static SessionKey of(String challenge, String password) {
        return new SessionKey(Hashes.sha256("innovaphoneAppSessionKey:" + challenge + ":" + password));
    }

    String encrypt(String seed, String data) {
        return HexFormat.of().formatHex(rc4(seed).apply(data.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * @throws IllegalArgumentException when the data are not hexadecimal digits
     */
    String decrypt(String seed, String data) {
        return new String(rc4(seed).apply(HexFormat.of().parseHex(data)), StandardCharsets.UTF_8);
    }

    String hash(String seed, String data) {
        return Hashes.sha256(seed + ":" + key + ":" + data);
    }

    private Rc4 rc4(String seed) {
        return new Rc4((seed + ":" + key).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "SessionKey";
    }
}
