package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import platform.core.api.AlarmInfo;

class ClockAlarmsTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private Instant now = START;
    private long nanos = Long.MAX_VALUE - 1000;
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);
    private final AlarmBook book = new AlarmBook(clock, List.of());
    private final ClockAlarms alarms =
            new ClockAlarms(new BookedAlarms(book), clock, () -> nanos, Duration.ofSeconds(5));

    private void pass(Duration time, Duration jump) {
        nanos += time.toNanos();
        now = now.plus(time).plus(jump);
        alarms.compare();
    }

    @Test
    void aClockThatGoesAsTimeGoesIsNoAlarm() {
        pass(Duration.ofSeconds(10), Duration.ofSeconds(4));
        pass(Duration.ofDays(10), Duration.ofSeconds(-4));
        assertThat(book.active()).isEmpty();
    }

    @Test
    void aJumpIsAnAlarmForAnHour() {
        pass(Duration.ofSeconds(10), Duration.ofHours(-2));
        assertThat(book.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.id()).isEqualTo("platform/clock-jumped");
            assertThat(alarm.text()).contains("back by 7,200.0 s");
        });
        pass(Duration.ofMinutes(50), Duration.ofSeconds(6));
        assertThat(book.active()).extracting(AlarmInfo::count).containsExactly(2L);
        pass(Duration.ofMinutes(50), Duration.ZERO);
        assertThat(book.active()).hasSize(1);
        pass(Duration.ofMinutes(11), Duration.ZERO);
        assertThat(book.active()).isEmpty();
    }

    @Test
    void whatATimeServerSaysIsAnAlarmUntilItFits() throws IOException {
        alarms.offset("ntp.example.com", ask(Duration.ofSeconds(90), true));
        assertThat(book.active()).singleElement().satisfies(alarm -> {
            assertThat(alarm.id()).isEqualTo("platform/clock-off");
            assertThat(alarm.text()).contains("behind by 90.0 s").contains("ntp.example.com");
        });
        alarms.offset("ntp.example.com", ask(Duration.ofMillis(-300), true));
        assertThat(book.active()).isEmpty();
    }

    @Test
    void anAnswerThatNobodyAskedForIsNotBelieved() {
        assertThatThrownBy(() -> ask(Duration.ofSeconds(90), false)).hasMessageContaining("the answer is none");
    }

    /** Asks a server that is ahead by so much; one that is not honest does not repeat what it was asked. */
    private Duration ask(Duration ahead, boolean honest) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> answer(socket, ahead, honest));
            server.start();
            return new TimeServer("127.0.0.1", socket.getLocalPort(), clock).offset();
        }
    }

    private void answer(DatagramSocket socket, Duration ahead, boolean honest) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[48], 48);
            socket.receive(packet);
            ByteBuffer content = ByteBuffer.wrap(packet.getData());
            long asked = content.getLong(40);
            long time = asked + (ahead.toMillis() << 32) / 1000;
            content.put(0, (byte) 0b00_100_100).put(1, (byte) 2);
            content.putLong(24, honest ? asked : 0).putLong(32, time).putLong(40, time);
            socket.send(packet);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
