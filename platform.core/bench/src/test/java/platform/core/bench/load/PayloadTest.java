package platform.core.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadTest {

    @Test
    void saysWhichSocketAndMessageItIs() {
        String text =
                StandardCharsets.US_ASCII.decode(new Payload(20).of(255, 16)).toString();

        assertThat(text).isEqualTo("000000ff00000010qrst");
    }

    @Test
    void noticesAnEchoOfAnotherMessage() {
        Payload payload = new Payload(64);
        ByteBuffer echo = ByteBuffer.allocate(64).put(payload.of(1, 2)).flip();

        assertThat(payload.matches(echo, 1, 2)).isTrue();
        assertThat(payload.matches(echo, 1, 3)).isFalse();
        assertThat(payload.matches(echo, 2, 2)).isFalse();
        assertThat(payload.matches(echo.limit(63), 1, 2)).isFalse();
    }

    @Test
    void refusesALengthThatCannotBe() {
        assertThatThrownBy(() -> new Payload(15)).hasMessageContaining("from 16 to 65536");
    }
}
