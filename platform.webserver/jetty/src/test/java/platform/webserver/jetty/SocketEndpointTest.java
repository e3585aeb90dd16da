package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketEndpointTest {

    private final SerialTasks executor = new SerialTasks();
    private final SocketFixture sockets = new SocketFixture(executor);

    @AfterEach
    void stop() {
        sockets.close();
    }

    @Test
    void socketsComeAndGoInAnyOrderAndTheRestIsClosed() {
        Random random = new Random(7);
        List<SocketFixture.Opened> open = new ArrayList<>();
        List<SocketFixture.Opened> gone = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            if (random.nextInt(5) < 3) {
                open.add(sockets.open());
            } else if (!open.isEmpty()) {
                SocketFixture.Opened one = open.remove(random.nextInt(open.size()));
                one.wire().cut();
                gone.add(one);
            }
            assertThat(sockets.group.statistics().open()).isEqualTo(open.size()).isEqualTo(sockets.engine.open());
        }

        sockets.endpoint.close("end");

        assertThat(open).hasSizeGreaterThan(20).allSatisfy(one -> {
            assertThat(one.wire().frames()).extracting(PeerFrames.Sent::code).containsExactly(1001);
            assertThat(one.socket().isOpen()).isFalse();
        });
        assertThat(gone).allSatisfy(one -> assertThat(one.wire().frames()).isEmpty());
        open.forEach(one -> one.wire().cut());
        open.forEach(one -> one.socket().gone());
        assertThat(sockets.engine.open()).isZero();
        assertThat(sockets.group.statistics().opened()).isEqualTo(open.size() + gone.size());
    }

    @Test
    void anEndpointThatAcceptsAgainKeepsTheNewSockets() {
        SocketFixture.Opened old = sockets.open();
        sockets.endpoint.close("end");
        sockets.endpoint.accept();
        SocketFixture.Opened recent = sockets.open();

        old.wire().cut();

        assertThat(recent.socket().isOpen()).isTrue();
        sockets.endpoint.close("end");
        assertThat(recent.socket().isOpen()).isFalse();
        recent.wire().cut();
    }

    @Test
    void aReasonThatIsTooLongForACloseFrameIsCutAtACharacter() {
        SocketFixture.Opened one = sockets.open();
        SocketFixture.Opened other = sockets.open();

        sockets.endpoint.close("x" + "€".repeat(100));

        for (SocketFixture.Opened opened : List.of(one, other)) {
            assertThat(opened.wire().frames()).hasSize(1);
            assertThat(opened.wire().frames().get(0).code()).isEqualTo(1001);
            assertThat(opened.wire().frames().get(0).text()).endsWith("x" + "€".repeat(39) + "…");
            opened.wire().cut();
        }
    }

    @Test
    void limitsOfTheInstanceAndOfThePlatformAreKept() {
        for (int i = 0; i < 100; i++) {
            assertThat(sockets.group.admits()).isTrue();
            sockets.open();
        }

        assertThat(sockets.group.admits()).isFalse();
        assertThat(sockets.engine.admits()).isFalse();
    }
}
