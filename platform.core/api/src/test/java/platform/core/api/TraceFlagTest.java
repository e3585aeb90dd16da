package platform.core.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** The flags have the names and bits of the original platform. */
class TraceFlagTest {

    @Test
    void theBitsAreThoseOfTheOriginal() {
        assertThat(TraceFlag.APP.bit()).isEqualTo(0x1);
        assertThat(TraceFlag.LDS.bit()).isEqualTo(0x1000);
        assertThat(TraceFlag.WEBSERVER_TRAFFIC.bit()).isEqualTo(0x2000);
        assertThat(TraceFlag.DTLS.bit()).isEqualTo(0x400000);
        assertThat(TraceFlag.APPPROXY.bit()).isEqualTo(0x80000000L);
        assertThat(TraceFlag.WEBSERVER.bit()).isEqualTo(0x200000000L);
        assertThat(TraceFlag.bits(TraceFlag.DEFAULT)).isEqualTo(0x8001);
    }

    @Test
    void bitsAreReadAsTheyWereWritten() {
        assertThat(TraceFlag.ofBits(0x300000001L))
                .containsExactly(TraceFlag.APP, TraceFlag.ALARM_CLIENT, TraceFlag.WEBSERVER);
        assertThat(TraceFlag.ofBits(0)).isEmpty();
        assertThatThrownBy(() -> TraceFlag.ofBits(0x400000000L)).hasMessageContaining("bits that are no flag's");
    }

    @Test
    void aFlagIsReadByItsWordAndByItsTitle() {
        assertThat(Set.of("app-websocket", "App WebSocket", "APP-WEBSOCKET"))
                .allMatch(word -> TraceFlag.parse(word) == TraceFlag.APP_WEBSOCKET);
        assertThatThrownBy(() -> TraceFlag.parse("websocket"))
                .hasMessageContaining("no trace flag 'websocket'")
                .hasMessageContaining("app-websocket");
    }

    @Test
    void tenAreOfNativeClientsOnly() {
        assertThat(TraceFlag.values())
                .filteredOn(TraceFlag::isNative)
                .hasSize(10)
                .contains(TraceFlag.TURN);
    }
}
