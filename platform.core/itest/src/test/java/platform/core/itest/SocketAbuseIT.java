package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients and apps that misbehave on their WebSockets: each gets what the RFC has for it, the memory stays within its bounds,
 * and a well-behaved client of another instance notices nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SocketAbuseIT {

    private static final int FIN_TEXT = WireClient.FIN | WireClient.TEXT;
    private static final int FIN_BINARY = WireClient.FIN | WireClient.BINARY;
    private static final int FIN_PING = WireClient.FIN | WireClient.PING;

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration BEARABLE = Duration.ofSeconds(1);
    /** Quiet it is a millisecond or two; the rest is for a machine that does other things as well. */
    private static final Duration UNMOVED = Duration.ofMillis(100);
    /** Far below what the abuse would take, were it not bounded; Java ends the product when its heap is too small. */
    private static final String HEAP = "96m";

    private static final int MOST_RESIDENT_MB = 400;

    /** Beyond what the platform has in use before. */
    private static final int MOST_KILOBYTES = 5_000;

    /** With both compilers, as it is delivered: they take memory, too. */
    private final Product product = Product.of(Product.built()).with("PLATFORM_JAVA_OPTS", "");

    @RegisterExtension
    final ProductLogs logs = new ProductLogs(product);

    private ProductInstance abused;
    private ProductInstance other;
    private ProductVm vm;
    private Neighbour neighbour;
    private int before;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        product.configureWebserver(
                        "slow.socket.seconds = 2",
                        "socket.close.seconds = 2",
                        "socket.queue.bytes = 262144",
                        "instance.socket.buffer.megabytes = 1")
                .with("PLATFORM_MAX_HEAP", HEAP)
                .start();
        AppJar.of("abused", AbusedApp.class).write(folder.resolve("abused.jar"));
        product.drop(folder.resolve("abused.jar"), "abused.jar");
        product.dropSample("hello");
        product.awaitApp("abused", "RUNNING");
        abused = ProductInstance.create(product, "abused@example.com", "abused");
        other = ProductInstance.create(product, "other@example.com", "hello");
        neighbour = new Neighbour(other.webSocket("/echo"));
        vm = new ProductVm(product);
        before = vm.liveKilobytes();
    }

    @AfterAll
    void stop() {
        try (product) {
            if (neighbour != null) {
                neighbour.close();
                assertThat(neighbour.p99()).as("The neighbour's p99").isLessThan(UNMOVED);
            }
        }
    }

    @AfterEach
    void theNeighbourNoticedNothingAndTheMemoryIsWithinItsBounds() {
        neighbour.mustBeWell(BEARABLE);
        assertThat(vm.resident()).as("megabytes").isLessThan(MOST_RESIDENT_MB);
        assertThat(vm.liveKilobytes()).as("kilobytes in use").isLessThan(before + MOST_KILOBYTES);
    }

    /** Opens an echo socket; what happens to it is counted under that name. */
    private WireClient echo(String name, String... headers) {
        return WireClient.open(abused.webSocket("/echo?" + name), headers);
    }

    /** How often this has happened to echo sockets: their name, and the code of their end or what went wrong. */
    private int events(String what) {
        Matcher found = Pattern.compile(Pattern.quote(what) + "=(\\d+)").matcher(abused.get("/events"));
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    private void await(String what, int count) {
        ProductWait.until(what + ", " + count + " times", SOON, () -> events(what) >= count);
        assertThat(events(what)).as(what).isEqualTo(count);
    }

    /** How many sockets were counted as slow. */
    private int slow() {
        return abused.info().getAsJsonObject("webSockets").get("slowClosed").getAsInt();
    }

    private void awaitSlow(int count) {
        ProductWait.until(count + " are cut off", SOON, () -> slow() >= count);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aClientThatReadsNothingIsClosedWith1013AndCounted() {
        byte[] message = new byte[64 * 1024];
        int slow = slow();
        try (WireClient late = echo("deaf")) {
            sendMany(late, message);
            // One after the other: the close frame waits for its reader for some seconds only.
            awaitSlow(slow + 1);

            int received = 0;
            WireClient.Frame frame = late.read();
            for (; !frame.is(WireClient.CLOSE); frame = late.read()) {
                Arrays.fill(message, (byte) received++);
                assertThat(frame.payload()).isEqualTo(message);
            }
            assertThat(frame.code()).isEqualTo(1013);
            assertThat(received).as("messages that were not refused").isBetween(1, 499);
        }
        try (WireClient never = echo("deaf")) {
            sendMany(never, message);
            awaitSlow(slow + 2);
            await("deaf 1013", 2);
        }
    }

    private static void sendMany(WireClient client, byte[] message) {
        for (int i = 0; i < 500; i++) {
            Arrays.fill(message, (byte) i);
            client.send(FIN_BINARY, message);
        }
    }

    @Test
    void aClientThatSendsAByteASecondIsServed() {
        byte[] frame = WireClient.frame(FIN_TEXT, bytes("slow"));
        try (WireClient client = echo("slow")) {
            for (int i = 0; i < 4; i++) {
                client.write(Arrays.copyOfRange(frame, i, i + 1));
                LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
            }
            client.write(Arrays.copyOfRange(frame, 4, frame.length));

            assertThat(client.readText()).isEqualTo("slow");
            client.closeInOrder();
        }
    }

    @Test
    void aClientThatEndsItsHalfOfTheConnectionIsAnsweredAndLetGo() {
        try (WireClient client = echo("half");
                WireClient within = echo("half")) {
            client.text("the last words").endOutput();
            within.write(WireClient.header(FIN_TEXT, 100, 0)).endOutput();

            assertThat(client.readText()).isEqualTo("the last words");
            assertThat(client.isEnded()).isTrue();
            assertThat(within.isEnded()).isTrue();
        }
        await("half 1006", 2);
    }

    @Test
    void resetsInTheMidstOfMessagesLeaveNothingBehind() {
        ProductDatabase database = new ProductDatabase(product.data());
        int sockets = vm.sockets(database);
        byte[] deflated = deflated(1);
        for (int i = 0; i < 200; i++) {
            WireClient client = echo("reset", WireClient.DEFLATE);
            client.write(WireClient.header(
                    i % 10 == 0 ? FIN_BINARY | WireClient.COMPRESSED : FIN_BINARY, deflated.length, 0));
            client.write(Arrays.copyOf(deflated, i / 2));
            client.reset();
        }

        await("reset 1006", 200);
        ProductWait.until("no socket is left open", SOON, () -> vm.sockets(database) <= sockets);
        assertThat(vm.live("platform.webserver.jetty.Incoming")).isZero();
    }

    @Test
    void aFloodOfPingsWhoseAnswersNobodyReadsFillsNoMemory() {
        int slow = slow();
        byte[] payload = new byte[125];
        byte[] thousand = WireClient.repeated(WireClient.frame(FIN_PING, payload), 1000);
        try (WireClient client = echo("pings")) {
            for (int i = 0; i < 100; i++) {
                client.write(thousand);
            }
            awaitSlow(slow + 1);

            int pongs = 0;
            WireClient.Frame frame = client.read();
            for (; !frame.is(WireClient.CLOSE); frame = client.read(), pongs++) {
                assertThat(frame.is(WireClient.PONG)).isTrue();
                assertThat(frame.payload()).isEqualTo(payload);
            }
            assertThat(frame.code()).isEqualTo(1013);
            assertThat(pongs).isBetween(1, 99_999);
        }
    }

    @Test
    void aMessageOfAHundredThousandFragmentsArrivesWhole() {
        int count = 100_000;
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        byte[] message = new byte[count];
        for (int i = 0; i < count; i++) {
            message[i] = (byte) ('a' + i % 26);
            int opcode = i == 0 ? WireClient.TEXT : WireClient.CONTINUATION;
            frames.writeBytes(
                    WireClient.frame(i == count - 1 ? WireClient.FIN | opcode : opcode, new byte[] {message[i]}));
        }
        try (WireClient client = echo("fragments")) {
            client.write(frames.toByteArray());

            assertThat(client.readText()).isEqualTo(new String(message, StandardCharsets.US_ASCII));
            client.closeInOrder();
        }
    }

    @Test
    void aFrameThatAnnouncesMoreThanThereIsMemoryIsRefusedBeforeItArrives() {
        try (WireClient client = echo("huge");
                WireClient counted = WireClient.open(abused.webSocket("/partial"))) {
            client.write(WireClient.header(FIN_BINARY, Long.MAX_VALUE, 0));
            assertThat(client.readClose().code()).isEqualTo(1009);

            // Where messages are taken in parts any length is welcome, and as good as its bytes.
            counted.write(WireClient.header(FIN_BINARY, Long.MAX_VALUE, 0)).write(new byte[1 << 20]);
            counted.reset();
        }
    }

    @Test
    void socketsThatTogetherHoldTooMuchAreClosedWith1013() {
        int room = 1024;
        int tooMany = 200;
        List<WireClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < room + tooMany; i++) {
                clients.add(echo("hoarder")
                        .write(WireClient.header(FIN_BINARY, 1 << 20, 0))
                        .write(new byte[1024]));
            }
            await("hoarder 1013", tooMany);
            assertThat(vm.liveKilobytes()).as("kilobytes in use").isLessThan(before + MOST_KILOBYTES);
            try (WireClient late = echo("late").write(WireClient.header(FIN_BINARY, 1 << 20, 0))) {
                assertThat(late.write(new byte[1024]).readClose().code()).isEqualTo(1013);
            }
        } finally {
            clients.forEach(WireClient::reset);
        }
        await("hoarder 1006", room);
        ProductWait.until("there is room again", SOON, () -> {
            try (WireClient client = echo("modest").send(FIN_BINARY, new byte[100_000])) {
                return client.read().is(WireClient.BINARY);
            }
        });
    }

    @Test
    void aBombIsDefusedAtTheLimit() {
        byte[] bomb = deflated(100);
        try (WireClient client = echo("bomb", WireClient.DEFLATE);
                WireClient counted = WireClient.open(abused.webSocket("/partial"), WireClient.DEFLATE)) {
            client.send(FIN_BINARY | WireClient.COMPRESSED, bomb);
            assertThat(client.readClose().code()).isEqualTo(1009);

            counted.send(FIN_BINARY | WireClient.COMPRESSED, bomb);
            assertThat(counted.readText()).isEqualTo(String.valueOf(100L << 20));
            counted.closeInOrder();
        }
    }

    /** So many megabytes of nothing, as permessage-deflate has them on the wire. */
    private static byte[] deflated(int megabytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] out = new byte[64 * 1024];
        for (int i = 0; i < megabytes; i++) {
            deflater.setInput(new byte[1 << 20]);
            int flush = i == megabytes - 1 ? Deflater.SYNC_FLUSH : Deflater.NO_FLUSH;
            for (int n = deflater.deflate(out, 0, out.length, flush); n > 0; ) {
                all.write(out, 0, n);
                n = deflater.deflate(out, 0, out.length, flush);
            }
        }
        deflater.end();
        return Arrays.copyOf(all.toByteArray(), all.size() - 4);
    }

    @Test
    void aFloodOfBombsOverTlsLeavesTheOthersOnItsThreadTheirTurn() {
        List<Neighbour> neighbours = new ArrayList<>();
        byte[] bomb = WireClient.frame(FIN_BINARY | WireClient.COMPRESSED, deflated(100));
        try (WireClient client = WireClient.open(encrypted(abused, "/partial"), WireClient.DEFLATE)) {
            // On one of them at least the flood's selector is busy, unless there are more than four.
            IntStream.range(0, 4).forEach(i -> neighbours.add(new Neighbour(encrypted(other, "/echo"))));
            IntStream.range(0, 20).forEach(i -> client.write(bomb));
            IntStream.range(0, 20).forEach(i -> assertThat(client.readText()).isEqualTo(String.valueOf(100L << 20)));
            neighbours.forEach(one -> one.mustBeWell(BEARABLE));
            client.closeInOrder();
        } finally {
            neighbours.forEach(Neighbour::close);
        }
    }

    private URI encrypted(ProductInstance instance, String relative) {
        return URI.create("wss://" + product.https().getAuthority() + instance.path() + relative);
    }

    @Test
    void aListenerThatBlocksHoldsUpItsOwnInstanceAlone() {
        URI block = abused.webSocket("/block");
        try (WireClient blocked = WireClient.open(block);
                WireClient waiting = WireClient.open(block);
                Neighbour elsewhere = new Neighbour(other.webSocket("/echo"))) {
            blocked.text(AbusedApp.BLOCK);
            await(AbusedApp.BLOCK, 1);
            IntStream.range(0, 1000).forEach(i -> waiting.text("message " + i));
            ProductWait.until("others go on", SOON, () -> elsewhere.count() >= 100);
            assertThat(waiting.isSilent()).isTrue();

            assertThat(abused.get("/release")).isEqualTo("released");

            assertThat(blocked.readText()).isEqualTo(AbusedApp.BLOCK);
            IntStream.range(0, 1000).forEach(i -> assertThat(waiting.readText()).isEqualTo("message " + i));
            elsewhere.mustBeWell(BEARABLE);
        }
    }

    @Test
    void aListenerThatMayBlockGetsWhatArrivesTogetherOneByOne() {
        ByteArrayOutputStream together = new ByteArrayOutputStream();
        IntStream.range(0, 3).forEach(i -> together.writeBytes(WireClient.frame(FIN_TEXT, bytes("message " + i))));
        try (WireClient client = WireClient.open(abused.webSocket("/block"))) {
            for (int round = 0; round < 5000; round++) {
                client.write(together.toByteArray());
                IntStream.range(0, 3).forEach(i -> assertThat(client.readText()).isEqualTo("message " + i));
            }
            client.closeInOrder();
        }
    }

    @Test
    void aListenerThatThrowsLosesItsSocketAlone() {
        try (WireClient healthy = echo("healthy")) {
            for (int i = 1; i <= 20; i++) {
                try (WireClient failing = echo("failing").text(AbusedApp.FAIL).text("too late")) {
                    assertThat(failing.readClose().code()).isEqualTo(1011);
                }
                assertThat(healthy.text("well " + i).readText()).isEqualTo("well " + i);
            }
        }
        await("failing asked to fail", 20);
        await("failing 1011", 20);
    }
}
