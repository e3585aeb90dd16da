package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MachineUseTest {

    @Test
    void readsTheNetworkCardsWithoutLoopback() {
        NetworkUse use = NetworkUse.of(List.of(
                "Inter-|   Receive                                                |  Transmit",
                " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop",
                "    lo: 9999 1 0 0 0 0 0 0 9999 1 0 0 0 0 0 0",
                "  eth0: 1000 2 0 0 0 0 0 0 500 2 0 0 0 0 0 0",
                "wlan0:20 1 0 0 0 0 0 0 7 1 0 0 0 0 0 0"));

        assertThat(use).isEqualTo(new NetworkUse(1020, 507));
    }

    @Test
    void knowsWhatThisProcessUses() {
        ProcessUse use = ProcessUse.own();

        assertThat(use.cpuSeconds()).isPositive();
        assertThat(use.bytes()).isGreaterThan(Runtime.getRuntime().totalMemory() / 10.0);
    }
}
