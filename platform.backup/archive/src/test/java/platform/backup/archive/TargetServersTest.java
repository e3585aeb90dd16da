package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import platform.backup.api.TargetSetup;
import platform.backup.api.TargetStep;
import platform.backup.api.TargetTest;

/** All kinds of targets against servers that others have written: nginx, OpenSSH, an S3 server; and against a folder. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TargetServersTest {

    private static final String NAME = "notes@example.com/2026-11-27.backup";
    /** More than two parts of S3, and more than any buffer. */
    private static final byte[] LARGE = bytes(20 << 20);

    private final AtomicInteger pauses = new AtomicInteger();
    private final Retry retry = new Retry(4, Duration.ofMillis(1), new Random(1), time -> pauses.incrementAndGet());

    @TempDir
    static Path folder;

    private RealNginx nginx;
    private RealSshd sshd;
    private RealS3 s3;

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    /** The kinds, and how each is reached. */
    enum Kind {
        FOLDER,
        DAV,
        PLAIN,
        SFTP,
        S3
    }

    @BeforeAll
    void start() throws Exception {
        nginx = RealNginx.start(Files.createDirectory(folder.resolve("nginx")));
        sshd = RealSshd.start(Files.createDirectory(folder.resolve("sshd")));
        s3 = RealS3.start(Files.createDirectory(folder.resolve("s3")));
    }

    @AfterAll
    void stop() {
        s3.close();
        sshd.close();
        nginx.close();
    }

    private TargetSpec spec(Kind kind, String place, int port) throws Exception {
        return switch (kind) {
            case FOLDER -> spec(folder.resolve(place).toUri().toString(), null, null);
            case DAV -> spec("http://127.0.0.1:" + port + "/dav/" + place, null, null);
            case PLAIN -> spec("http://127.0.0.1:" + port + "/plain/" + place, null, null);
            case SFTP ->
                spec(
                        sshd.address(folder.resolve("sftp").resolve(place)).replace(":" + sshd.port(), ":" + port),
                        sshd.key("user"),
                        sshd.fingerprint());
            case S3 -> spec(RealS3.address(place, port), RealS3.SECRET, null);
        };
    }

    private static TargetSpec spec(String address, String secret, String hostKey) {
        return TargetSpec.of(new TargetSetup(
                "test",
                address,
                Optional.ofNullable(secret),
                Optional.ofNullable(hostKey),
                Optional.empty(),
                0,
                Set.of()));
    }

    private int port(Kind kind) {
        return switch (kind) {
            case FOLDER -> 0;
            case DAV, PLAIN -> nginx.port();
            case SFTP -> sshd.port();
            case S3 -> s3.port();
        };
    }

    private Target open(Kind kind, String place) throws Exception {
        if (kind == Kind.PLAIN) {
            Files.createDirectories(nginx.folder("plain").resolve(place));
        }
        return connect(spec(kind, place, port(kind)), Clock.systemUTC());
    }

    private Target connect(TargetSpec spec, Clock clock) throws IOException {
        return new TargetConnector(clock, Duration.ofSeconds(10), FolderTarget::new).connect(spec, retry);
    }

    private static void write(Target target, String name, byte[] content) throws IOException {
        try (Upload upload = target.begin(name)) {
            upload.write(content, 0, content.length / 2);
            upload.write(content, content.length / 2, content.length - content.length / 2);
            upload.complete();
        }
    }

    private static byte[] read(Target target, String name, long offset) throws IOException {
        try (InputStream in = target.read(name, offset)) {
            return in.readAllBytes();
        }
    }

    private static List<String> names(Target target, String prefix) throws IOException {
        return target.list(prefix).stream().map(Target.Kept::name).toList();
    }

    // -------------------------------------------------------------------------------------------------- all kinds

    @ParameterizedTest
    @EnumSource
    void keepsListsGivesReplacesAndForgets(Kind kind) throws Exception {
        try (Target target = open(kind, "kept")) {
            assertThat(target.list("")).isEmpty();

            write(target, NAME, LARGE);
            write(target, "a+b/c/d", new byte[0]);
            write(target, "index", new byte[] {1, 2, 3});

            assertThat(names(target, "")).containsExactly("a+b/c/d", "index", NAME);
            assertThat(names(target, "notes@")).containsExactly(NAME);
            assertThat(names(target, "a+b/c/")).containsExactly("a+b/c/d");
            assertThat(names(target, "none/")).isEmpty();
            Target.Kept kept = target.list(NAME).get(0);
            assertThat(kept.bytes()).isEqualTo(LARGE.length);
            assertThat(kept.modified())
                    .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(2));

            assertThat(read(target, NAME, 0)).isEqualTo(LARGE);
            int middle = LARGE.length - 1_000_001;
            assertThat(read(target, NAME, middle)).isEqualTo(Arrays.copyOfRange(LARGE, middle, LARGE.length));
            assertThat(read(target, "a+b/c/d", 0)).isEmpty();

            write(target, NAME, new byte[] {9});
            assertThat(read(target, NAME, 0)).containsExactly(9);

            target.delete(NAME);
            target.delete(NAME);
            assertThat(names(target, "")).containsExactly("a+b/c/d", "index");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anUploadThatIsGivenUpLeavesNothingAndKeepsTheFormer(Kind kind) throws Exception {
        try (Target target = open(kind, "given-up")) {
            write(target, NAME, new byte[] {1});
            try (Upload upload = target.begin(NAME)) {
                upload.write(LARGE);
                assertThat(names(target, "")).containsExactly(NAME);
            }
            assertThat(read(target, NAME, 0)).containsExactly(1);
            assertThat(names(target, "")).containsExactly(NAME);
        }
        assertThat(unfinished(kind, "given-up")).isEmpty();
    }

    /** What the server still has of uploads that never became complete. */
    private List<Path> unfinished(Kind kind, String place) throws IOException {
        Predicate<Path> isLeft = switch (kind) {
            case FOLDER, DAV, SFTP -> file -> file.getFileName().toString().contains("~");
            case PLAIN -> file -> !indexed(file);
            // Of the parts.
            case S3 -> file -> file.toFile().length() == 8 << 20;
        };
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains(place))
                    .filter(file -> file.startsWith(nginx.folder("plain")) == (kind == Kind.PLAIN))
                    .filter(isLeft)
                    .toList();
        }
    }

    private static boolean indexed(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith("index~")
                || Stream.of("index~0", "index~1")
                        .map(file::resolveSibling)
                        .anyMatch(index -> text(index).contains(" " + name + " "));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTestButtonTellsEachStep(Kind kind) throws Exception {
        TargetTest test = TargetCheck.run("test", () -> unchecked(kind), Clock.systemUTC());

        assertThat(test.isPassed()).as("%s", test).isTrue();
        assertThat(test.steps())
                .extracting(TargetStep::name)
                .containsExactly("connect", "write", "list", "read", "delete");
    }

    private Target unchecked(Kind kind) throws IOException {
        try {
            return open(kind, "tested");
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    // ------------------------------------------------------------------------------------------------------- cuts

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FOLDER")
    void aReadThatIsCutGoesOn(Kind kind) throws Exception {
        try (Target direct = open(kind, "cut-read");
                CuttingProxy proxy = new CuttingProxy(port(kind))) {
            write(direct, NAME, LARGE);
            try (Target target = connect(spec(kind, "cut-read", proxy.port()), Clock.systemUTC());
                    InputStream in = target.read(NAME, 0)) {
                in.skipNBytes(1000);
                proxy.cutDownloadAfter(3_000_000);

                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(LARGE, 1000, LARGE.length));
                assertThat(proxy.cuts()).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FOLDER")
    void anUploadThatIsCutIsNeverListedAndCanBeBegunAnew(Kind kind) throws Exception {
        try (Target direct = open(kind, "cut-upload");
                CuttingProxy proxy = new CuttingProxy(port(kind));
                Target target = connect(spec(kind, "cut-upload", proxy.port()), Clock.systemUTC())) {
            Upload upload = target.begin(NAME);
            proxy.cutUploadAfter(5_000_000);
            if (kind == Kind.S3) {
                // A part is in memory, and is sent again.
                upload.write(LARGE);
                upload.complete();
                assertThat(proxy.cuts()).isEqualTo(1);
            } else {
                assertThatThrownBy(() -> {
                            upload.write(LARGE);
                            upload.complete();
                        })
                        .isInstanceOf(IOException.class);
                assertThat(names(direct, "")).isEmpty();
            }
            upload.close();

            write(target, NAME, LARGE);
            assertThat(names(direct, "")).containsExactly(NAME);
            assertThat(read(direct, NAME, 0)).isEqualTo(LARGE);
        }
        assertThat(unfinished(kind, "cut-upload")).isEmpty();
    }

    @Test
    void leftoversOfADayAreRemovedAndYoungerOnesAreNot() throws Exception {
        Path dav = Files.createDirectories(nginx.folder("dav").resolve("left/notes@example.com"));
        Path old = Files.write(dav.resolve("x~1"), LARGE);
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Path young = Files.write(dav.resolve("y~2"), LARGE);
        try (Target target = open(Kind.DAV, "left")) {
            write(target, NAME, new byte[1]);
            assertThat(names(target, "")).containsExactly(NAME);
        }
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        Files.delete(young);
    }

    @Test
    void leftoversThatNobodyListsAreRemovedByWhatWasNoted() throws Exception {
        Path plain = Files.createDirectories(nginx.folder("plain").resolve("left"));
        TargetSpec spec = spec(Kind.PLAIN, "left", nginx.port());
        try (Target target = connect(spec, Clock.systemUTC())) {
            // Begun by a platform that was killed: it never ends.
            target.begin(NAME).flush();
            Files.write(
                    plain.resolve(Files.readString(plain.resolve("index~1"))
                            .split("begun ")[1]
                            .split(" ")[0]),
                    LARGE);
        }
        assertThat(plain.toFile().list()).hasSize(2);
        Clock tomorrow = Clock.fixed(Instant.now().plus(Duration.ofHours(25)), ZoneOffset.UTC);
        try (Target target = connect(spec, tomorrow)) {
            write(target, NAME, new byte[1]);
        }
        assertThat(plain.toFile().list()).hasSize(3);
    }

    // --------------------------------------------------------------------------------------------------- mistakes

    @Test
    void aWrongPasswordIsNamed() throws Exception {
        String address = nginx.address("closed").replace("//", "//backup@");
        try (Target target = connect(spec(address, "geheim", null), Clock.systemUTC())) {
            write(target, NAME, new byte[1]);
        }
        assertThat(failure(spec(address, "wrong", null))).contains("connect").contains("login is wrong");
        assertThat(failure(spec(RealS3.address("x", s3.port()), "wrong", null)))
                .contains("write")
                .contains("secret of the access key is wrong");
        assertThat(failure(spec(sshd.address(folder), "wrong", sshd.fingerprint())))
                .contains("refuses the login")
                .contains("password");
        assertThat(failure(spec(sshd.address(folder), sshd.key("other"), sshd.fingerprint())))
                .contains("refuses the login")
                .contains("authorized_keys");
        assertThat(pauses).hasValue(0);
    }

    private String failure(TargetSpec spec) {
        TargetTest test = TargetCheck.run("test", () -> connect(spec, Clock.systemUTC()), Clock.systemUTC());
        assertThat(test.isPassed()).isFalse();
        TargetStep last = test.steps().get(test.steps().size() - 1);
        return last.name() + ": " + last.message();
    }

    @Test
    void anUnknownHostKeyIsRefusedAndShown() throws Exception {
        String other = "SHA256:" + "A".repeat(43);
        assertThat(failure(spec(sshd.address(folder), sshd.key("user"), other)))
                .contains(sshd.fingerprint())
                .contains("not " + other)
                .contains("ssh-keygen -l");
        TargetSpec unknown = spec(sshd.address(folder), sshd.key("user"), null);
        assertThat(new TargetConnector(Clock.systemUTC(), Duration.ofSeconds(10), FolderTarget::new)
                        .hostKey(unknown.uri()))
                .isEqualTo(sshd.fingerprint());
    }

    @Test
    void aFileThatIsTooLargeForTheServerIsNamedAndNotThere() throws Exception {
        try (Target target = connect(spec(nginx.address("small"), null, null), Clock.systemUTC())) {
            assertThatThrownBy(() -> write(target, NAME, LARGE)).isInstanceOf(IOException.class);
            assertThat(target.list("")).isEmpty();
        }
    }

    @Test
    void aMissingBucketAndAFolderWithoutRightsAreNamed() throws Exception {
        assertThat(failure(spec("s3://KEY@nothing/?endpoint=http://127.0.0.1:" + s3.port(), RealS3.SECRET, null)))
                .contains("there is no bucket nothing");
        assertThat(failure(spec(sshd.address(Path.of("/proc/1/task")), sshd.key("user"), sshd.fingerprint())))
                .contains("write:");
        assertThat(failure(spec(folder.resolve("no/where").toUri().toString(), null, null)))
                .contains("mount the disk");
    }

    @Test
    void aRedirectIsNotFollowed() {
        assertThat(failure(spec(nginx.address("moved"), null, null)))
                .contains("redirects are not followed")
                .contains("/dav/");
    }

    @Test
    void aServerThatSaysNothingIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String port = ":" + silent.getLocalPort();
            TargetConnector hasty = new TargetConnector(Clock.systemUTC(), Duration.ofMillis(300), FolderTarget::new);
            for (TargetSpec spec : List.of(
                    spec("http://127.0.0.1" + port + "/x/", null, null),
                    spec("sftp://user@127.0.0.1" + port + "/x/", "secret", sshd.fingerprint()),
                    spec("s3://key@bucket/?endpoint=http://127.0.0.1" + port, "secret", null))) {
                TargetTest test = TargetCheck.run("test", () -> hasty.connect(spec, Retry.never()), Clock.systemUTC());
                assertThat(test.isPassed()).as("%s", test).isFalse();
            }
        }
    }

    @Test
    void aFullServerIsNotAskedAgainAndABusyOneIs() throws Exception {
        AtomicInteger status = new AtomicInteger(507);
        AtomicInteger puts = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean isPut = exchange.getRequestMethod().equals("PUT");
            boolean isGet = exchange.getRequestMethod().equals("GET");
            puts.addAndGet(isPut ? 1 : 0);
            exchange.sendResponseHeaders(isPut ? status.get() : isGet ? 404 : 405, -1);
            exchange.close();
        });
        server.start();
        try (Target target = connect(
                spec("http://127.0.0.1:" + server.getAddress().getPort() + "/", null, null), Clock.systemUTC())) {
            assertThatThrownBy(() -> target.begin(NAME)).hasMessageContaining("the server is full");
            assertThat(puts).hasValue(1);
            status.set(503);
            assertThatThrownBy(() -> target.begin(NAME)).hasMessageContaining("the server failed");
            assertThat(puts).hasValue(1 + 4);
        } finally {
            server.stop(0);
        }
    }
}
