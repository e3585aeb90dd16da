package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AppInstance;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ReceivedApp;
import platform.core.api.ServiceInfo;
import platform.core.api.State;
import platform.core.instance.Workers;

/** Apps that come and go by calls. */
class AppFolderTest {

    private static final int LARGEST = 100_000;

    @TempDir
    Path folder;

    @TempDir
    Path elsewhere;

    private final Workers workers = new Workers();
    private final FakeObserver observer = new FakeObserver();
    private AppServices services;
    private AppFolder files;

    @BeforeEach
    void open() {
        services = new AppServices(
                folder,
                new Fakes.FakeTracing(),
                Fakes.supervision(workers),
                new Fakes.FakeClock(Instant.parse("2026-11-20T10:00:00Z")),
                new Hosts());
        services.attach(observer);
        files = new AppFolder(folder, services, LARGEST);
    }

    @AfterEach
    void close() {
        workers.close();
    }

    private static final class Hosts implements ServiceHosts {

        @Override
        public ServiceHost install(AppFile file) {
            return new Fakes.FakeHost(file, context -> new AppInstance() {}, () -> {
                if (file.version().equals("6.6.6")) {
                    throw PlatformException.failed("It has no disk.", null);
                }
            });
        }

        @Override
        public ServiceHost process(ServiceHost host, int number, ProcessLimits limits, Consumer<String> onLost) {
            throw new AssertionError("Nothing runs in a process here");
        }
    }

    private ReceivedApp receive(String app, String version) {
        return receive(app, Fakes.jar(elsewhere.resolve("sent.jar"), app, version));
    }

    private ReceivedApp receive(String app, Path jar) {
        try (InputStream sent = Files.newInputStream(jar)) {
            return files.receive(app, sent);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> present() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(it -> it.getFileName().toString()).toList();
        }
    }

    @Test
    void installsAnAppThatHasArrived() throws IOException {
        ReceivedApp received = receive("notes", "1.0.0");
        assertThat(services.list()).isEmpty();
        ServiceInfo installed = received.install();
        received.close();
        assertThat(installed.state()).isEqualTo(State.RUNNING);
        assertThat(installed.file()).isEqualTo("notes.jar");
        assertThat(present()).containsExactly("notes.jar");
    }

    @Test
    void updatesAnAppInItsOwnFile() throws IOException {
        services.install(
                Fakes.jar(folder.resolve("my-notes.jar"), "notes", "1.0.0").toFile());
        ServiceInfo updated = receive("notes", "1.1.0").install();
        assertThat(updated.version()).isEqualTo("1.1.0");
        assertThat(present()).containsExactly("my-notes.jar");
    }

    @Test
    void saysWhyAnAppDoesNotRun() {
        ServiceInfo installed = receive("notes", "6.6.6").install();
        assertThat(installed.state()).isEqualTo(State.FAILED);
        assertThat(installed.reason()).contains("It has no disk.");
    }

    @Test
    void keepsNothingOfWhatIsNoSuchApp() throws IOException {
        Path jar = Fakes.jar(elsewhere.resolve("other.jar"), "other", "1.0.0");
        assertThatThrownBy(() -> receive("notes", jar)).hasMessageContaining("is the app 'other', not 'notes'");
        assertThatThrownBy(() -> files.receive("notes", new ByteArrayInputStream(new byte[100])))
                .hasMessageContaining("not a complete jar");
        assertThatThrownBy(() -> files.receive("notes", new ByteArrayInputStream(new byte[LARGEST + 1])))
                .hasMessageContaining("larger than 100000 bytes");
        assertThatThrownBy(() -> files.receive("notes", new CutOff())).hasMessageContaining("has not arrived");
        assertThat(present()).isEmpty();
    }

    /** Somebody hangs up. */
    private static final class CutOff extends InputStream {

        @Override
        public int read() throws IOException {
            throw new IOException("Closed by the client.");
        }
    }

    @Test
    void givesUpWhatIsNotInstalled() throws IOException {
        receive("notes", "1.0.0").close();
        assertThat(present()).isEmpty();
    }

    @Test
    void removesWhatACrashHasLeft() throws IOException {
        receive("notes", "1.0.0");
        assertThat(present()).hasSize(1);
        open();
        assertThat(present()).isEmpty();
    }

    @Test
    void replacesNoOtherApp() throws IOException {
        services.install(
                Fakes.jar(folder.resolve("notes.jar"), "other", "1.0.0").toFile());
        ReceivedApp received = receive("notes", "1.0.0");
        assertThatThrownBy(received::install).hasMessageContaining("The file notes.jar is the app 'other'");
        received.close();
        assertThat(present()).containsExactly("notes.jar");
    }

    @Test
    void removesAnAppWithItsFile() throws IOException {
        receive("notes", "1.0.0").install();
        files.remove("notes", false);
        assertThat(services.list()).isEmpty();
        assertThat(present()).isEmpty();
        assertThatThrownBy(() -> files.remove("notes", false)).hasMessageContaining("There is no app 'notes'");
    }

    @Test
    void removesNoAppThatHasInstancesUnlessThatIsMeant() throws IOException {
        receive("notes", "1.0.0").install();
        observer.instances = 2;
        assertThatThrownBy(() -> files.remove("notes", false)).hasMessageContaining("has 2 instances");
        assertThat(present()).containsExactly("notes.jar");
        files.remove("notes", true);
        assertThat(observer.events).endsWith("stopping notes");
        assertThat(present()).isEmpty();
    }
}
