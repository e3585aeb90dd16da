package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import platform.core.api.InstanceInfo;
import platform.core.api.ServiceInfo;
import platform.core.api.State;

/** Files in the apps folder that are no good: each is reported with its reason, and a neighbour notices nothing. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DropInIT {

    private static final String NEIGHBOUR = "neighbour@dropin.example";

    private TestFramework platform;
    private InstanceInfo neighbour;
    private List<String> events;

    @Configuration
    public Option[] framework() throws Exception {
        return PlatformOptions.with(DropInIT::fill);
    }

    private static void fill(Path stock) throws Exception {
        AppJar.of("good", AnsweringApp.class).library("1.0").write(stock.resolve("good.jar"));
        AppJar.of("good", AnsweringApp.class)
                .set("Bundle-Version", "2.0.0")
                .library("2.0")
                .write(stock.resolve("better.jar"));
        for (String wanted : List.of("org.osgi.framework", "org.eclipse.jetty.server", AppJar.LIBRARY_PACKAGE)) {
            AppJar.of("greedy", ReachingApp.class)
                    .set("Import-Package", wanted + ",*")
                    .write(stock.resolve(wanted + ".jar"));
        }
        AppJar.of("exporter", AnsweringApp.class)
                .library("1.0")
                .set("Export-Package", AppJar.LIBRARY_PACKAGE)
                .write(stock.resolve("exporter.jar"));
        AppJar.of("reaching", ReachingApp.class)
                .set("DynamicImport-Package", "*")
                .write(stock.resolve("reaching.jar"));
        AppJar.of("plain", ReachingApp.class).set("Provide-Capability", "").write(stock.resolve("plain.jar"));
        AppJar.of("failing-constructor", FailingConstructorApp.class).write(stock.resolve("failing-constructor.jar"));
        AppJar.of("failing-start", FailingStartApp.class).write(stock.resolve("failing-start.jar"));
        Files.writeString(stock.resolve("text.jar"), "This is not the jar that you are looking for.");
    }

    @Before
    public void startNeighbour() throws Exception {
        platform = TestFramework.awaitReady();
        platform.run("good.jar");
        neighbour = platform.create(NEIGHBOUR, "good");
        events = platform.recordBundleEvents();
    }

    @After
    public void clear() {
        if (platform != null) {
            platform.clear();
        }
    }

    private void assertThatTheNeighbourNoticedNothing() throws Exception {
        assertThat(events).isEmpty();
        assertThat(platform.get(neighbour, "/version").body()).isEqualTo("1.0");
    }

    @Test
    public void anAppIsNotWiredToTheFrameworkNorToTheServersInside() throws Exception {
        refuses("org.osgi.framework.jar", "org.osgi.framework");
        refuses("org.eclipse.jetty.server.jar", "org.eclipse.jetty.server");
    }

    @Test
    public void anAppIsNotWiredToAnotherAppsPackage() throws Exception {
        platform.run("exporter.jar");

        refuses(AppJar.LIBRARY_PACKAGE + ".jar", AppJar.LIBRARY_PACKAGE);
    }

    @Test
    public void anAppThatImportsWhateverItCanReachesTheApisAlone() throws Exception {
        platform.run("exporter.jar");
        platform.run("reaching.jar");
        InstanceInfo reaching = platform.create("reaching@dropin.example", "reaching");

        for (String open :
                List.of("platform.core.api.Health", "platform.webserver.api.WebContext", "org.slf4j.Marker")) {
            assertThat(platform.get(reaching, "/reach?" + open).body()).as(open).isEqualTo("reached");
        }
        for (String closed : List.of(
                "org.osgi.framework.Bundle",
                "org.osgi.service.cm.ConfigurationAdmin",
                "org.eclipse.jetty.server.Server",
                "org.postgresql.Driver",
                "platform.core.manager.AppServices",
                "platform.db.api.Databases",
                AppJar.LIBRARY)) {
            assertThat(platform.get(reaching, "/reach?" + closed).body())
                    .as(closed)
                    .isEqualTo("not found");
        }
    }

    @Test
    public void aBundleThatIsNoAppIsRefused() throws Exception {
        refuses("plain.jar", "Provide-Capability: platform.app");
    }

    @Test
    public void aTextFileIsRefused() throws Exception {
        refuses("text.jar", "not a complete jar");
    }

    @Test
    public void anAppWhoseComponentCannotBeMadeSaysWhy() throws Exception {
        refuses("failing-constructor.jar", "the valve is stuck");
    }

    @Test
    public void anInstanceThatDoesNotStartSaysWhy() throws Exception {
        platform.run("failing-start.jar");

        InstanceInfo instance = platform.create("a@failing.example", "failing-start");

        assertThat(instance.state()).isEqualTo(State.FAILED);
        assertThat(instance.reason()).contains("the flux is low");
        assertThat(platform.get(instance, "/").statusCode()).isEqualTo(503);
        assertThatTheNeighbourNoticedNothing();
    }

    private void refuses(String file, String reason) throws Exception {
        platform.drop(file, file);
        ServiceInfo info = platform.await(file, "is refused", it -> it.state() == State.FAILED);

        assertThat(info.reason()).contains(reason);
        assertThatTheNeighbourNoticedNothing();

        platform.drop(file, file);
        platform.awaitAnotherLook();
        assertThat(platform.find(file).orElseThrow().reason())
                .as("the reason after the same file was copied again")
                .contains(reason);
    }

    @Test
    public void aJarCutInHalfLeavesTheRunningVersionAlone() throws Exception {
        byte[] whole = Files.readAllBytes(platform.stock("better.jar"));

        Files.write(platform.app("good.jar"), Arrays.copyOf(whole, whole.length / 2));
        ServiceInfo info = platform.await(
                "good.jar", "says what is wrong", it -> !it.reason().isEmpty());

        assertThat(info.reason()).contains("version 1.0.0 stays", "not a complete jar");
        assertThat(info.state()).isEqualTo(State.RUNNING);
        assertThatTheNeighbourNoticedNothing();

        platform.update("better.jar", "good.jar", "2.0.0", neighbour);
        assertThat(platform.get(neighbour, "/version").body()).isEqualTo("2.0");
    }
}
