package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.AppInstance;
import platform.core.api.AppService;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServiceInfo;
import platform.core.api.State;
import platform.core.instance.AbandonedCall;
import platform.core.instance.Workers;

class AppServicesTest {

    @TempDir
    Path folder;

    private final Fakes.FakeTracing tracing = new Fakes.FakeTracing();
    private final List<Fakes.FakeHost> hosts = new ArrayList<>();
    private final FakeObserver observer = new FakeObserver();
    private final Workers workers = new Workers();

    /** Tomorrow: what is scheduled by it does not come due by the timer while a test runs. */
    private final Fakes.FakeClock clock = new Fakes.FakeClock(Instant.now().plus(Duration.ofDays(1)));

    private Supervision supervision = Fakes.supervision(workers);
    private final AppService app = context -> new AppInstance() {};
    private Runnable beforeStart = () -> {};
    private Fakes.FakeHost process;
    private Consumer<String> lost;

    @AfterEach
    void close() {
        workers.close();
    }

    private AppServices services() {
        return new AppServices(folder, tracing, supervision, clock, new Hosts());
    }

    /** Hosts in memory, also of processes. */
    private final class Hosts implements ServiceHosts {

        @Override
        public ServiceHost install(AppFile file) {
            if (file.version().equals("6.6.6")) {
                throw PlatformException.invalid("The bundle does not fit this platform: missing package x");
            }
            Fakes.FakeHost host = new Fakes.FakeHost(file, app, () -> beforeStart.run());
            hosts.add(host);
            return host;
        }

        @Override
        public ServiceHost process(ServiceHost installed, int number, ProcessLimits limits, Consumer<String> onLost) {
            lost = onLost;
            process = new Fakes.FakeHost(installed.file(), app, () -> beforeStart.run());
            return process;
        }
    }

    @Test
    void movesARunningServiceIntoAProcessAndBack() {
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);

        services.isolate("notes", Isolation.PROCESS);

        assertThat(only(services).state()).isEqualTo(State.RUNNING);
        assertThat(process.started).isTrue();
        assertThat(hosts.get(0).started).isFalse();
        assertThat(observer.events)
                .containsExactly("started notes", "restarting notes within PT5S", "stopping notes", "started notes");
        services.isolate("notes", Isolation.PROCESS);
        assertThat(observer.events).hasSize(4);

        services.isolate("notes", Isolation.BUNDLE);

        assertThat(process.started).isFalse();
        assertThat(hosts.get(0).started).isTrue();
    }

    @Test
    void aServiceWhoseProcessEndedHasFailedAndIsTriedAgain() {
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);
        services.isolate("notes", Isolation.PROCESS);

        lost.accept("Its process was killed by signal 9.");

        assertThat(only(services).state()).isEqualTo(State.FAILED);
        assertThat(only(services).reason()).contains("signal 9");
        assertThat(only(services).nextAttempt()).isPresent();
        assertThat(observer.events).endsWith("started notes", "restarting notes within PT0S", "stopping notes");
        clock.advance(Duration.ofSeconds(2));
        services.retry(Runnable::run);
        assertThat(only(services).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void itsProcessIsUpBeforeItsInstancesStop() {
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);
        List<String> before = new ArrayList<>();
        beforeStart = () -> before.addAll(observer.events);

        services.isolate("notes", Isolation.PROCESS);

        assertThat(before).containsExactly("started notes");
        assertThat(hosts.get(0).started).isFalse();
        assertThat(process.started).isTrue();
    }

    @Test
    void itStaysWhereItIsWhenItsProcessDoesNotStart() {
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);
        beforeStart = () -> {
            throw PlatformException.failed("There is no room.", null);
        };

        assertThatThrownBy(() -> services.isolate("notes", Isolation.PROCESS))
                .hasMessageContaining("notes stays where it is. There is no room.");

        assertThat(only(services).state()).isEqualTo(State.RUNNING);
        assertThat(services.place("notes").isolation()).isEqualTo(Isolation.BUNDLE);
        assertThat(observer.events).containsExactly("started notes");
    }

    @Test
    void limitsOfAProcessAreKeptAndRestartIt() {
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);

        services.limit("notes", new ProcessLimits(64, 512, 0, 0));
        assertThat(observer.events).containsExactly("started notes");

        services.isolate("notes", Isolation.PROCESS);
        services.limit("notes", new ProcessLimits(128, 512, 256, 50));
        assertThat(services.place("notes").limits()).isEqualTo(new ProcessLimits(128, 512, 256, 50));
        assertThatThrownBy(() -> services.limit("notes", new ProcessLimits(900_000, 512, 0, 0)))
                .hasMessageContaining("A heap of 900000M is more than this machine's memory");
        assertThat(observer.events).hasSize(7);
    }

    @Test
    void adoptsWhatLiesInTheFolderAndRunsItWhenThereIsAnObserver() {
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        assertThat(only(services).state()).isEqualTo(State.INSTALLED);
        assertThat(only(services).reason()).contains("database");

        services.attach(observer);

        assertThat(only(services).state()).isEqualTo(State.RUNNING);
        assertThat(only(services).title()).isEqualTo("The notes");
        assertThat(observer.events).containsExactly("started notes");
        assertThat(tracing.open).containsEntry("notes", "app.notes");
    }

    @Test
    void updatesARunningServiceAroundItsInstances() {
        AppServices services = services();
        services.attach(observer);
        services.install(
                Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0").toFile());

        services.update(Fakes.jar(folder.resolve("notes.jar"), "notes", "1.1.0").toFile());

        assertThat(only(services).version()).isEqualTo("1.1.0");
        assertThat(observer.events).containsExactly("started notes", "stopping notes", "started notes");
        assertThat(hosts.get(0).uninstalled).isTrue();
        assertThat(hosts.get(1).started).isTrue();
    }

    @Test
    void keepsTheRunningVersionWhenANewFileIsBroken() throws IOException {
        AppServices services = services();
        services.attach(observer);
        Path jar = Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        services.install(jar.toFile());

        byte[] whole = Files.readAllBytes(jar);
        Files.write(jar, java.util.Arrays.copyOf(whole, whole.length / 2));
        services.update(jar.toFile());

        assertThat(only(services).state()).isEqualTo(State.RUNNING);
        assertThat(only(services).reason()).contains("was refused").contains("1.0.0");
        assertThat(hosts.get(0).started).isTrue();
        assertThat(observer.events).containsExactly("started notes");
    }

    @Test
    void keepsTheRunningVersionWhenTheNewOneDoesNotResolve() {
        AppServices services = services();
        services.attach(observer);
        services.install(
                Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0").toFile());

        services.update(Fakes.jar(folder.resolve("notes.jar"), "notes", "6.6.6").toFile());

        assertThat(only(services).version()).isEqualTo("1.0.0");
        assertThat(only(services).reason()).contains("missing package x");
    }

    @Test
    void showsWhyAFileBecameNoService() throws IOException {
        AppServices services = services();
        services.attach(observer);
        services.install(Files.writeString(folder.resolve("odd.jar"), "text").toFile());

        assertThat(only(services).name()).isEqualTo("odd");
        assertThat(only(services).state()).isEqualTo(State.FAILED);
        assertThat(only(services).reason()).contains("not a complete jar");
        assertThatThrownBy(() -> services.start("odd")).hasMessageContaining("not a complete jar");
    }

    @Test
    void refusesASecondFileWithTheSameApp() {
        AppServices services = services();
        services.attach(observer);
        services.install(Fakes.jar(folder.resolve("a.jar"), "notes", "1.0.0").toFile());
        services.install(Fakes.jar(folder.resolve("b.jar"), "notes", "2.0.0").toFile());

        assertThat(services.find("notes").orElseThrow().version()).isEqualTo("1.0.0");
        assertThat(services.list()).extracting(ServiceInfo::file).containsExactly("b.jar", "a.jar");
        assertThat(services.list().get(0).reason()).contains("already there as a.jar");
    }

    @Test
    void stopsAServiceWhoseFileIsRemoved() throws IOException {
        AppServices services = services();
        services.attach(observer);
        Path jar = Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        services.install(jar.toFile());

        Files.delete(jar);
        services.uninstall(jar.toFile());

        assertThat(services.list()).isEmpty();
        assertThat(hosts.get(0).uninstalled).isTrue();
        assertThat(observer.events).containsExactly("started notes", "stopping notes");
        assertThat(tracing.open).isEmpty();
    }

    @Test
    void remembersThatAnAdministratorStoppedAService() {
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);

        services.stop("notes");
        services.detach();
        services.attach(observer);
        assertThat(only(services).state()).isEqualTo(State.STOPPED);

        services.start("notes");
        assertThat(only(services).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void triesAServiceThatDoesNotStartAgainByItself() {
        beforeStart = () -> {
            throw PlatformException.failed("Its component failed.", null);
        };
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);
        assertThat(only(services).state()).isEqualTo(State.FAILED);
        assertThat(only(services).reason()).isEqualTo("Its component failed.");
        assertThat(only(services).nextAttempt()).isPresent();

        beforeStart = () -> {};
        services.retry(Runnable::run);
        assertThat(only(services).state()).as("before its time").isEqualTo(State.FAILED);
        clock.advance(Duration.ofSeconds(2));
        services.retry(Runnable::run);

        assertThat(only(services).state()).isEqualTo(State.RUNNING);
        assertThat(observer.events).containsExactly("started notes");
    }

    @Test
    void leavesACrashLoopAloneUntilSomebodyActs() {
        beforeStart = () -> {
            throw PlatformException.failed("Its component failed.", null);
        };
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();
        services.attach(observer);
        for (int i = 0; i < 4; i++) {
            clock.advance(Duration.ofMinutes(1));
            services.retry(Runnable::run);
        }
        assertThat(only(services).state()).isEqualTo(State.QUARANTINED);
        assertThat(only(services).reason()).contains("5 times", "Its component failed.");

        beforeStart = () -> {};
        clock.advance(Duration.ofHours(1));
        services.retry(Runnable::run);
        assertThat(only(services).state()).isEqualTo(State.QUARANTINED);
        services.start("notes");
        assertThat(only(services).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void aNewFileIsTriedWhateverTheOldOneDid() {
        beforeStart = () -> {
            throw PlatformException.failed("Its component failed.", null);
        };
        AppServices services = services();
        services.attach(observer);
        services.install(
                Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0").toFile());

        beforeStart = () -> {};
        services.update(Fakes.jar(folder.resolve("notes.jar"), "notes", "1.1.0").toFile());

        assertThat(only(services).state()).isEqualTo(State.RUNNING);
    }

    @Test
    void givesAStartThatHangsUpAndSaysWhereItWas() throws InterruptedException {
        supervision = new Supervision(workers, Fakes.impatient());
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        beforeStart = () -> {
            Fakes.hangUntil(hanging);
            ended.countDown();
        };
        Fakes.jar(folder.resolve("notes.jar"), "notes", "1.0.0");
        AppServices services = services();

        services.attach(observer);

        assertThat(only(services).state()).isEqualTo(State.FAILED);
        assertThat(only(services).reason()).contains("no answer within", "Fakes.hangUntil(Fakes.java:");
        assertThat(supervision.abandoned()).extracting(AbandonedCall::owner).containsExactly("app.notes");
        hanging.countDown();
        ended.await();
        Fakes.await(() -> supervision.abandoned().isEmpty());
    }

    @Test
    void ignoresHiddenFilesButKeepsThemFromFileInstall() {
        AppServices services = services();
        Path hidden = Fakes.jar(folder.resolve(".notes.jar"), "notes", "1.0.0");

        services.install(hidden.toFile());

        assertThat(services.canHandle(hidden.toFile())).isTrue();
        assertThat(services.list()).isEmpty();
    }

    @Test
    void saysWhatToDoAboutAnUnknownService() {
        assertThatThrownBy(() -> services().start("nothing"))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("There is no app 'nothing'");
    }

    private static ServiceInfo only(AppServices services) {
        assertThat(services.list()).hasSize(1);
        return services.list().get(0);
    }

    /** Writes down what it hears. */
}
