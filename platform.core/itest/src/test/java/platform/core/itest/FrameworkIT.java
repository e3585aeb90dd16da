package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.time.Duration;
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
import org.osgi.framework.wiring.BundleWiring;
import platform.core.api.InstanceInfo;
import platform.core.api.Services;

/** What only a framework can show about the platform as it is distributed. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class FrameworkIT {

    private TestFramework platform;

    @Configuration
    public Option[] framework() throws Exception {
        return PlatformOptions.with(stock -> {
            AppJar.of("one", AnsweringApp.class).library("1.2.3").write(stock.resolve("one.jar"));
            AppJar.of("two", AnsweringApp.class).library("4.5.6").write(stock.resolve("two.jar"));
            AppJar.of("two", AnsweringApp.class)
                    .set("Bundle-Version", "2.0.0")
                    .library("7.8.9")
                    .write(stock.resolve("two-updated.jar"));
            AppJar.of("whiteboard", WhiteboardApp.class).write(stock.resolve("whiteboard.jar"));
        });
    }

    @Before
    public void awaitReady() throws Exception {
        platform = TestFramework.awaitReady();
    }

    @After
    public void clear() {
        if (platform != null) {
            platform.clear();
        }
    }

    @Test
    public void everyBundleStarts() {
        assertThat(FrameworkProblems.bundles(platform.context())).isEmpty();
    }

    @Test
    public void everyComponentOfThePlatformIsSatisfied() {
        assertThat(FrameworkProblems.components(platform.context())).isEmpty();
    }

    @Test
    public void twoServicesRunWithTheirOwnVersionsOfOneLibrary() throws Exception {
        platform.run("one.jar");
        platform.run("two.jar");
        InstanceInfo one = platform.create("a@versions.example", "one");
        InstanceInfo two = platform.create("b@versions.example", "two");

        assertThat(platform.get(one, "/version").body()).isEqualTo("1.2.3");
        assertThat(platform.get(two, "/version").body()).isEqualTo("4.5.6");
    }

    @Test
    public void theClassLoadersOfAReplacedVersionAndOfARemovedServiceAreCollected() throws Exception {
        platform.run("two.jar");
        InstanceInfo instance = platform.create("a@leak.example", "two");
        assertThat(platform.get(instance, "/version").body()).isEqualTo("4.5.6");
        WeakReference<ClassLoader> replaced = loaderOfTheOnlyApp();

        platform.update("two-updated.jar", "two.jar", "2.0.0", instance);
        assertThat(platform.get(instance, "/version").body()).isEqualTo("7.8.9");
        assertCollected(replaced);

        WeakReference<ClassLoader> removed = loaderOfTheOnlyApp();
        platform.remove("two.jar");
        assertCollected(removed);
    }

    @Test
    public void theClassLoaderOfAServiceOnTheWhiteboardIsCollected() throws Exception {
        platform.run("whiteboard.jar");
        InstanceInfo instance = platform.create("first@whiteboard.example", "whiteboard");
        assertThat(platform.get(instance, "/own/page").statusCode()).isEqualTo(200);
        WeakReference<ClassLoader> removed = loaderOfTheOnlyApp();

        platform.remove("whiteboard.jar");
        assertCollected(removed);
    }

    private WeakReference<ClassLoader> loaderOfTheOnlyApp() {
        assertThat(platform.appBundles()).hasSize(1);
        return new WeakReference<>(
                platform.appBundles().get(0).adapt(BundleWiring.class).getClassLoader());
    }

    private static void assertCollected(WeakReference<ClassLoader> loader) {
        ProductWait.until("the class loader is collected", Duration.ofSeconds(10), () -> {
            System.gc();
            return loader.get() == null;
        });
    }

    @Test
    public void theComingChangingAndGoingOfAnAppTouchesNoOtherBundle() throws Exception {
        platform.run("one.jar");
        InstanceInfo neighbour = platform.create("a@events.example", "one");
        List<String> events = platform.recordBundleEvents();

        platform.run("two.jar");
        InstanceInfo changing = platform.create("b@events.example", "two");
        platform.update("two-updated.jar", "two.jar", "2.0.0", changing);
        platform.remove("two.jar");

        assertThat(events).isEmpty();
        assertThat(platform.get(neighbour, "/version").body()).isEqualTo("1.2.3");
    }

    @Test
    public void anAppServesByTheOsgiWhiteboardInTheContextOfItsInstance() throws Exception {
        platform.run("whiteboard.jar");
        InstanceInfo first = platform.create("first@whiteboard.example", "whiteboard");
        InstanceInfo second = platform.create("second@whiteboard.example", "whiteboard");

        assertThat(platform.get(first, "/own/page").body()).isEqualTo(first.path());
        assertThat(platform.get(second, "/own/page").statusCode()).isEqualTo(404);

        platform.service(Services.class).stop("whiteboard");
        platform.service(Services.class).start("whiteboard");
        platform.awaitRunning(first);
        assertThat(platform.get(first, "/own/page").body()).isEqualTo(first.path());
    }

    @Test
    public void anAppDoesNotServeOutsideOfItsOwnInstances() throws Exception {
        platform.run("one.jar");
        InstanceInfo before = platform.create("before@whiteboard.example", "one");
        platform.run("whiteboard.jar");
        InstanceInfo after = platform.create("after@whiteboard.example", "one");

        assertThat(platform.get(before, "/intruder").statusCode()).isEqualTo(404);
        assertThat(platform.get(after, "/intruder").statusCode()).isEqualTo(404);
        assertThat(platform.get("/stray").statusCode()).isEqualTo(404);
    }
}
