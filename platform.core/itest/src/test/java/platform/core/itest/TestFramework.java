package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.condition.Condition;
import org.osgi.util.tracker.ServiceTracker;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceSpec;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.ServiceInfo;
import platform.core.api.Services;
import platform.core.api.State;

/** The running platform as a test within its framework sees it. */
final class TestFramework {

    /** The framework property that names the folder of the apps that the tests drop. */
    static final String STOCK = "platform.itest.stock";

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Only the first test has to wait; if that was in vain, then it is for all. */
    private static Duration startLimit = Duration.ofSeconds(60);

    private final BundleContext context =
            FrameworkUtil.getBundle(TestFramework.class).getBundleContext();
    private SynchronousBundleListener listener = event -> {};

    private TestFramework() {}

    /** Waits until the platform says that it serves. */
    static TestFramework awaitReady() throws Exception {
        TestFramework platform = new TestFramework();
        platform.awaitCondition();
        return platform;
    }

    private void awaitCondition() throws Exception {
        var filter = context.createFilter("(&(objectClass=" + Condition.class.getName()
                + ")(|(osgi.condition.id=platform.ready)(osgi.condition.id=platform.failed)))");
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context, filter, null);
        tracker.open();
        try {
            assertThat(tracker.waitForService(startLimit.toMillis()))
                    .as(() -> "the platform is ready, but: " + problems())
                    .isNotNull();
            assertThat(tracker.getServiceReference().getProperty("reason")).isNull();
        } finally {
            tracker.close();
            startLimit = Duration.ofMillis(1);
        }
    }

    private List<String> problems() {
        List<String> problems = new ArrayList<>(FrameworkProblems.bundles(context));
        problems.addAll(FrameworkProblems.components(context));
        return problems;
    }

    BundleContext context() {
        return context;
    }

    <T> T service(Class<T> type) {
        ServiceReference<T> reference = context.getServiceReference(type);
        assertThat(reference).as("a service %s", type.getName()).isNotNull();
        return context.getService(reference);
    }

    private Path apps() {
        return service(Platform.class).data().resolve("apps");
    }

    /** The file in the apps folder. */
    Path app(String file) {
        return apps().resolve(file);
    }

    /** A file of the stock. */
    Path stock(String file) {
        return Path.of(context.getProperty(STOCK)).resolve(file);
    }

    /** Drops a file of the stock into the apps folder, in one piece. */
    void drop(String stock, String file) throws IOException {
        Path part = app("." + file + ".part");
        Files.copy(stock(stock), part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, app(file), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Drops a file of the stock and waits until its service runs. */
    void run(String file) throws IOException {
        drop(file, file);
        await(file, "runs", info -> info.state() == State.RUNNING);
    }

    /** Takes the file away and waits until its service is gone. */
    void remove(String file) {
        ProductFiles.delete(app(file));
        ProductWait.until(file + " is forgotten", LIMIT, () -> find(file).isEmpty());
    }

    /** What has become of a file of the apps folder. */
    Optional<ServiceInfo> find(String file) {
        return service(Services.class).list().stream()
                .filter(info -> info.file().equals(file))
                .findFirst();
    }

    /** Waits until the file has become a service as described. */
    ServiceInfo await(String file, String description, Predicate<ServiceInfo> condition) {
        try {
            ProductWait.until(
                    file + " " + description,
                    LIMIT,
                    () -> find(file).filter(condition).isPresent());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ", but: " + find(file), e);
        }
        return find(file).orElseThrow();
    }

    /** Makes an instance with the defaults. */
    InstanceInfo create(String id, String app) {
        return service(Instances.class)
                .create(InstanceSpec.of(InstanceId.parse(id), app))
                .info();
    }

    /** Drops another version in the place of a file that runs, and waits until it runs and so does the instance. */
    void update(String stock, String file, String version, InstanceInfo instance) throws IOException {
        drop(stock, file);
        await(file, "is updated", info -> info.version().equals(version) && info.state() == State.RUNNING);
        awaitRunning(instance);
    }

    /** Waits until the instance runs. */
    void awaitRunning(InstanceInfo instance) {
        ProductWait.until(
                instance.id() + " runs",
                LIMIT,
                () -> service(Instances.class)
                        .find(instance.id())
                        .filter(info -> info.state() == State.RUNNING)
                        .isPresent());
    }

    /** Removes all instances and all apps. */
    void clear() {
        context.removeBundleListener(listener);
        Instances instances = service(Instances.class);
        instances.list().forEach(instance -> instances.delete(instance.id()));
        for (ServiceInfo info : service(Services.class).list()) {
            remove(info.file());
        }
    }

    /** What happens from now on to the bundles that are there now, until {@link #clear()}. */
    List<String> recordBundleEvents() {
        List<Bundle> present = List.of(context.getBundles());
        List<String> events = new CopyOnWriteArrayList<>();
        listener = event -> {
            if (present.contains(event.getBundle())) {
                events.add(event.getBundle() + ": event " + event.getType());
            }
        };
        context.addBundleListener(listener);
        return events;
    }

    /** Waits until FileInstall has looked at the apps folder again. */
    void awaitAnotherLook() throws IOException {
        String file = "look.jar";
        Files.writeString(app(file), "a file that is new");
        await(file, "is seen", info -> true);
        remove(file);
    }

    /** The instance's answer to a GET below its path. */
    HttpResponse<String> get(InstanceInfo instance, String path) throws IOException, InterruptedException {
        return get(instance.path() + path);
    }

    /** The platform's answer to a GET. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI server = service(Platform.class).addresses().get(0);
        HttpRequest request =
                HttpRequest.newBuilder(server.resolve(path)).timeout(LIMIT).build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** The bundles that the manager has made of files of the apps folder. */
    List<Bundle> appBundles() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith("app:"))
                .toList();
    }
}
