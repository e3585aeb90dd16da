package platform.core.appsocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SessionKeyTest {

    private final SessionKey key = SessionKey.of("0123456789abcdef", "pwd");

    @Test
    void hashesAsTheReferenceSays() {
        String sessionKey = Client.sha256("innovaphoneAppSessionKey:0123456789abcdef:pwd");

        assertThat(key.hash("seed", "dätä")).isEqualTo(Client.sha256("seed:" + sessionKey + ":dätä"));
        assertThat(key.toString()).doesNotContain(sessionKey);
    }

    @Test
    void encryptsAsTheReferenceSays() throws Exception {
        String sessionKey = Client.sha256("innovaphoneAppSessionKey:0123456789abcdef:pwd");

        assertThat(key.encrypt("seed", "dätä"))
                .isEqualTo(HexFormat.of().formatHex(javas("seed:" + sessionKey, utf8("dätä"))));
        assertThat(key.decrypt("seed", key.encrypt("seed", "dätä"))).isEqualTo("dätä");
        assertThat(key.decrypt("x".repeat(300), key.encrypt("x".repeat(300), "")))
                .isEmpty();
        assertThatThrownBy(() -> key.decrypt("seed", "abc")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rc4IsTheOneThatEverybodyHas() throws Exception {
        assertThat(new Rc4(utf8("Key")).apply(utf8("Plaintext")))
                .isEqualTo(HexFormat.of().parseHex("bbf316e8d940af0ad3"));
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            String rcKey = "k".repeat(5 + random.nextInt(100));
            byte[] data = new byte[random.nextInt(1000)];
            random.nextBytes(data);
            assertThat(new Rc4(utf8(rcKey)).apply(data)).isEqualTo(javas(rcKey, data));
        }
    }

    private static byte[] javas(String rcKey, byte[] data) throws Exception {
        Cipher cipher = Cipher.getInstance("ARCFOUR");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(utf8(rcKey), "ARCFOUR"));
        return cipher.doFinal(data);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
