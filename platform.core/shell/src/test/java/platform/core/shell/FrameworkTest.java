package platform.core.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import platform.core.api.Access;
import platform.core.api.Audit;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.Services;
import platform.core.api.UserInfo;
import platform.webserver.api.Certificates;

/** The shell's bundle with the bundles that it needs, in a real framework. */
class FrameworkTest {

    private static final List<String> BUNDLES = List.of(
            "org.apache.felix.scr",
            "org.osgi.service.component-",
            "org.osgi.util.promise",
            "org.osgi.util.function",
            "org.apache.felix.gogo.runtime",
            "org.apache.felix.gogo.command",
            "jline-",
            "picocli-",
            "gson-",
            "sshd-osgi-",
            "sshd-sftp-");

    @TempDir
    Path data;

    @TempDir
    Path cache;

    private Framework framework;

    @BeforeEach
    void start() throws BundleException, MalformedURLException {
        Map<String, String> settings = new HashMap<>();
        settings.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        settings.put(
                Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                "platform.core.api;version=1.0.0,platform.db.api;version=1.0.0,platform.backup.api;version=1.0.0,"
                        + "platform.tracing.api;version=1.0.0,"
                        + "platform.webserver.api;version=1.0.0,org.slf4j;version=2.0.20,org.slf4j.event;version=2.0.20,"
                        + "org.slf4j.helpers;version=2.0.20");
        settings.put("platform.data", data.toString());
        framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(settings);
        framework.start();
        BundleContext context = framework.getBundleContext();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (isWanted(Path.of(entry))) {
                context.installBundle("reference:" + Path.of(entry).toUri().toURL());
            }
        }
        for (Bundle bundle : context.getBundles()) {
            bundle.start();
        }
    }

    private static boolean isWanted(Path entry) {
        String name = entry.getFileName().toString();
        return name.equals("classes") || BUNDLES.stream().anyMatch(name::startsWith);
    }

    @AfterEach
    void stop() throws BundleException, InterruptedException {
        framework.stop();
        framework.waitForStop(10_000);
    }

    private TestClient run(String... command) throws IOException {
        return TestClient.run(data.resolve("run/shell.sock"), "", command);
    }

    @Test
    void theShellWorksWithTheBundlesOfTheDistribution() throws Exception {
        assertThat(framework.getBundleContext().getBundles())
                .hasSize(BUNDLES.size() + 2)
                .allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);

        commandsOfAllBundlesAreThere();
        theManagersServicesComeAndGo();
        bundlesArePrintedAndFound();
        aTerminalPages();
    }

    private void commandsOfAllBundlesAreThere() throws IOException {
        List<String> names =
                run("help").lines().stream().map(line -> line.split(" ")[0]).toList();
        assertThat(names).contains("felix:lb", "felix:install", "gogo:grep", "app:restart", "instance:delete");
        assertThat(names).containsAll(RoleTable.commands().keySet());
    }

    /** All that is registered, called by operators; the manager is not there, so that nothing happens. */
    @Test
    void everyCommandIsRefusedToWhoMayNotRunIt() throws Exception {
        FakeUsers users = new FakeUsers();
        FakeAudit audit = new FakeAudit();
        framework.getBundleContext().registerService(Access.class, users, null);
        framework.getBundleContext().registerService(Audit.class, audit, null);
        Map<String, Method> own = RoleTable.commands();
        List<String> names = registered();
        assertThat(names).containsAll(own.keySet()).contains("felix:stop", "scr:disable", "gogo:cat");

        for (String name : names) {
            assertThat(own.containsKey(name) || ForeignCommands.role(name).isPresent())
                    .as(name + " says what it needs")
                    .isTrue();
            // GuardTest calls ours as everybody; one who may not run most is enough here.
            assertRole(users.require("operator"), name, Optional.ofNullable(own.get(name)));
        }
        assertThat(audit.entries).anyMatch(it -> it.contains("operator felix:stop x: refused"));
    }

    private List<String> registered() throws IOException {
        return run("help").lines().stream()
                .skip(1)
                .map(line -> line.split(" ")[0])
                .toList();
    }

    private void assertRole(UserInfo user, String name, Optional<Method> own) throws IOException {
        boolean may = own.map(it -> RoleTable.may(user, it)).orElse(false);
        String[] call = own.map(RoleTable::call).orElse(new String[] {name, "x"});
        TestClient client = TestClient.runAs(data.resolve("run/shell.sock"), user.name(), call);
        assertThat(client.err().contains("Ask an administrator"))
                .as(user.name() + " runs " + String.join(" ", call) + ": " + client.err())
                .isEqualTo(!may);
    }

    private void theManagersServicesComeAndGo() throws IOException {
        BundleContext context = framework.getBundleContext();
        assertThat(run("app:list").err()).contains("manager is not running");
        assertThat(run("alarm:list").err()).contains("manager is not running");
        FakePlatform platform = new FakePlatform();
        List<ServiceRegistration<?>> registrations = List.of(
                context.registerService(Services.class, new FakeServices(), null),
                context.registerService(Instances.class, new FakeInstances().with("acme@example.com", "files"), null),
                context.registerService(Certificates.class, new FakeCertificates(), null),
                context.registerService(Platform.class, platform, null));
        assertThat(run("app:list").out()).contains("files.jar");
        assertThat(run("instance:info", "acme@example.com", "-o", "json").status())
                .isZero();
        assertThat(run("certificate:list", "-o", "json").out()).contains("\"names\"");
        assertThat(run("platform:shutdown").status()).isZero();
        assertThat(platform.stopping).isTrue();
        registrations.forEach(ServiceRegistration::unregister);
        assertThat(run("instance:list").err()).contains("manager is not running");
        assertThat(run("certificate:list").err()).contains("webserver is not running");
    }

    private void bundlesArePrintedAndFound() throws IOException {
        assertThat(run("lb").out()).contains("picocli");
        assertThat(run("lb -s | grep platform.core.shell").lines()).hasSize(1);
        assertThat(run("headers", "platform.core.shell").status()).isZero();
        assertThat(run("stop", "a", "b").status()).isNotZero();
        assertThat(run("bundle:headers", "picocli").out()).contains("Bundle-SymbolicName");
        assertThat(run("bundle:restart", "org.apache.felix.gogo.command").out()).contains("Restarted");
        assertThat(run("bundle:info", "org.apache.felix.gogo.command").out()).contains("ACTIVE");
    }

    private void aTerminalPages() throws IOException {
        TestClient client = TestClient.terminal(data.resolve("run/shell.sock")).awaitOutput("platform>");
        client.type("help | less\r").awaitOutput("COMMAND").type("q").awaitOutput("platform>");
        client.type("felix:l\t").awaitOutput("matching log").type("\u0003").awaitOutput("platform>");
        client.type("each [1 2] { echo got$it }\r").awaitOutput("got2").awaitOutput("platform>");
        client.type("exit\r").awaitEnd();
        assertThat(client.status()).isZero();
    }
}
