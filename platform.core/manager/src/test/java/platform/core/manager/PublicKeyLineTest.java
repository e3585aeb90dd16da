package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and fingerprints as ssh-keygen has made them. */
class PublicKeyLineTest {

    static final String ED25519 =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOniDrHifs98PA5+Yu4c9beiYDFQu0vA0p72Zsgns4zh anna at home";

    @ParameterizedTest
    @CsvSource({
        ED25519 + ", SHA256:MN76qASRmp8fdU+0etKbI1MZlU7VfVXoMg8JVBnR9uQ",
        "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBMvVRMOi5p/fBUhDxo8n/5kj4PkBVaiUbNdt2KAA9"
                + "d9tCesStzceztg2kfvTBbXPfV3k0roZbrnbLp8o02wViOg=, SHA256:S/Wwe/3GwWaPofa1Uv5K+Sv2ZTWjQy6CveMcO8kcUAE",
        "ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBF9xF69IWdWvEQzN539fQ7tzAvoEwkxx4WYFO37mw"
                + "ujF2UGcaWkyFwIewM557t0d57QIsHArcrnDum0BCbmXXHHZ7/R51aE0FJ+pikzYFXEfKilLDw+kdAmV0u7NrpTV7Q==,"
                + " SHA256:TtkZ3z9E0iRo8IuuC5IdaCkhvkiY8UvRHlPkzJYj6Eo",
        "ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAGI/UVbzDVVuRFaI7QBC4qnaYnz2zJ/7V85oU0lr"
                + "wpsTjYdA0xLw++dIXAPf10bKkqqP2O/Wsc6xUFRU9MP4aNyDQCjPtVY+Xyd6WRctAK+p+Y3Eft6jMy/jGoh78+xStxUfyrBkN1lp+HFyavf"
                + "nVZxmz9ZT46RFUr6bRRmVFlRZrf1wA==, SHA256:/Iam/RdiXM6UDs3+ezZVP0n0Sj/Z2IijqtxCB8vIaBE"
    })
    void fingerprintsAreThoseOfOpenSsh(String line, String fingerprint) {
        PublicKeyLine key = PublicKeyLine.parse("  " + line.replaceFirst(" ", "\t ") + "\n");

        assertThat(key.text()).isEqualTo(line);
        assertThat(key.fingerprint()).isEqualTo(fingerprint);
    }

    @Test
    void anRsaKeyHasEnoughBits() throws IOException {
        assertThat(PublicKeyLine.parse(rsa(3072)).text()).startsWith("ssh-rsa AAAA");
        assertThatThrownBy(() -> PublicKeyLine.parse(rsa(3071))).hasMessageContaining("too weak");
        assertThatThrownBy(() -> PublicKeyLine.parse(rsa(20_000))).hasMessageContaining("too weak");
    }

    /** A modulus of so many bits, which is all that is looked at. */
    private static String rsa(int bits) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (byte[] field : new byte[][] {
            "ssh-rsa".getBytes(StandardCharsets.US_ASCII),
            BigInteger.valueOf(65537).toByteArray(),
            BigInteger.ONE.shiftLeft(bits - 1).toByteArray()
        }) {
            out.writeInt(field.length);
            out.write(field);
        }
        return "ssh-rsa " + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ssh-ed25519",
                "ssh-ed25519 AAAA",
                "ssh-ed25519 !!!!",
                "ssh-dss AAAAB3NzaC1kc3M=",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOniDrHifs98PA5+Yu4c9beiYDFQu0vA0p72Zsgns4",
                "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIOniDrHifs98PA5+Yu4c9beiYDFQu0vA0p72Zsgns4zh",
                "command=\"x\" " + ED25519,
                ED25519 + "\n" + ED25519,
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk=",
                "ssh-ed25519 fwAAAA=="
            })
    void refusesWhatIsNoKeyOfTheseKinds(String line) {
        assertThatThrownBy(() -> PublicKeyLine.parse(line))
                .hasMessageContaining("ssh-keygen")
                .hasMessageNotContaining("null");
    }
}
