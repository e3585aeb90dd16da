package platform.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.felix.webconsole.servlet.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.AlarmSpec;
import platform.core.api.Alarms;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.InstanceChange;
import platform.core.api.InstanceId;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceTransfer;
import platform.core.api.Instances;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;
import platform.core.api.ServiceInfo;
import platform.core.api.ServicePlace;
import platform.core.api.ServicePlaces;
import platform.core.api.ServiceUse;
import platform.core.api.Services;
import platform.core.api.State;

/** What the platform's pages in the web console show and do, and for whom. */
class ConsoleTabTest {

    private static final Instant SINCE = Instant.parse("2026-11-20T10:00:00Z");

    private final List<String> done = new ArrayList<>();
    private final List<String> noted = new ArrayList<>();

    private final Audit audit = fake(Audit.class, (name, arguments) -> {
        AuditEvent event = (AuditEvent) arguments[name.equals("end") ? 1 : 0];
        String result = name.equals("begin") ? "begun" : String.valueOf(arguments[name.equals("end") ? 2 : 1]);
        noted.add(event.caller().user() + " " + event.action() + " " + event.target() + " " + name + " " + result);
        return 1L;
    });

    private final InstancesTab instances = new InstancesTab(
            fake(Instances.class, (name, arguments) -> {
                if (name.equals("list")) {
                    return List.of(
                            instance("acme@example.com", State.RUNNING, "<script>alert(1)</script>"),
                            instance("off@example.com", State.STOPPED, ""),
                            instance("other@example.org", State.FAILED, ""));
                }
                done.add(name + " " + arguments[0]
                        + (arguments.length > 1 ? " " + ((InstanceChange) arguments[1]).trace() : ""));
                if (arguments[0].toString().startsWith("off")) {
                    throw PlatformException.failed("The app <b>refuses</b>.", null);
                }
                return null;
            }),
            fake(
                    InstanceTransfer.class,
                    (name, arguments) -> Map.of(InstanceId.parse("acme@example.com"), SINCE.plusSeconds(3600))),
            audit);

    private final AppsTab apps = new AppsTab(
            fake(Services.class, (name, arguments) -> {
                if (name.equals("list")) {
                    return List.of(new ServiceInfo("files", "Files", "1", State.RUNNING, "", SINCE, "files.jar", 2));
                }
                done.add(name + " " + arguments[0]);
                return null;
            }),
            fake(
                    ServicePlaces.class,
                    (name, arguments) -> new ServicePlace(
                            Isolation.PROCESS,
                            new ProcessLimits(256, 4096, 512, 0),
                            Optional.of(4711L),
                            Optional.of(new ServiceUse(87 << 20, 0.44, 41)),
                            Optional.empty())),
            audit);

    private final AlarmsTab alarms = new AlarmsTab(
            fake(Alarms.class, (name, arguments) -> {
                if (name.equals("active")) {
                    return List.of(alarm("platform", "disk"), alarm("acme@example.com", "slow"));
                }
                done.add(name + " " + String.join(" ", List.of(arguments).toString()));
                return true;
            }),
            audit);

    private interface Answer {
        Object to(String name, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (self, called, arguments) -> answer.to(called.getName(), arguments)));
    }

    private static InstanceInfo instance(String id, State state, String reason) {
        return new InstanceInfo(
                InstanceId.parse(id),
                "files",
                state,
                reason,
                SINCE,
                "/" + id,
                "",
                Map.of(),
                "d",
                "s",
                Map.of("secret", "hidden"),
                SINCE);
    }

    private static AlarmInfo alarm(String source, String code) {
        return AlarmInfo.of(
                new AlarmSpec(source, code, AlarmSeverity.WARNING, "Text of " + code, "", List.of()), SINCE, SINCE, 1);
    }

    private static Exchange as(String user) {
        Caller caller = new FakeAccess().become(user, Caller.Origin.CONSOLE, "127.0.0.1");
        Exchange exchange = new Exchange().below("/platform-x");
        exchange.attributes.put(User.USER_ATTRIBUTE, fake(User.class, (name, arguments) -> caller));
        return exchange;
    }

    private static String page(ConsoleTab tab, String user) throws IOException {
        return page(tab, as(user));
    }

    private static String page(ConsoleTab tab, Exchange exchange) throws IOException {
        tab.renderContent(exchange.request(), exchange.response());
        return exchange.body();
    }

    private static Exchange press(ConsoleTab tab, String user, String action, String target) throws IOException {
        return press(tab, user, action, target, "");
    }

    private static Exchange press(ConsoleTab tab, String user, String action, String target, String value)
            throws IOException {
        Exchange exchange = as(user);
        exchange.parameters.put("value", value);
        exchange.parameters.put("action", action);
        exchange.parameters.put("target", target);
        tab.doPost(exchange.request(), exchange.response());
        return exchange;
    }

    @Test
    void aListShowsWhatIsWithinTheScope() throws IOException {
        assertThat(page(instances, "viewer")).contains("acme@example.com", "other@example.org");
        assertThat(page(instances, "customer")).contains("acme@example.com").doesNotContain("other@example.org");
        assertThat(page(alarms, "customer")).contains("slow").doesNotContain("disk");
        assertThat(page(apps, "viewer")).contains("files", "RUNNING");
    }

    @Test
    void anAppShowsWhatItsProcessUsesAndMay() throws IOException {
        assertThat(page(apps, "viewer")).contains("memory 87 of 512 MB, CPU 0.4 %, files 41 of 4096");
    }

    @Test
    void anInstanceShowsWhenItsBackupWasLastProved() throws IOException {
        String page = page(instances, "viewer");
        assertThat(page.substring(page.indexOf("acme@example.com"), page.indexOf("off@example.com")))
                .contains("2026-11-20T11:00:00Z")
                .doesNotContain("never");
        assertThat(page.substring(page.indexOf("off@example.com"))).contains("never");
    }

    @Test
    void whatIsShownIsNoHtmlOfSomebodyElse() throws IOException {
        assertThat(page(instances, "viewer")).contains("&lt;script&gt;").doesNotContain("<script>", "hidden");
    }

    @Test
    void aViewerHasNoButtonsAndOthersThoseThatMakeSense() throws IOException {
        assertThat(page(instances, "viewer")).doesNotContain("<button", "<form");
        assertThat(page(instances, "operator"))
                .contains("value='stop'", "value='restart'", "value='start'", "value='acme@example.com'");
    }

    @Test
    void aButtonDoesItAndIsInTheAudit() throws IOException {
        Exchange exchange = press(instances, "customer", "restart", "acme@example.com");
        assertThat(exchange.status).isEqualTo(302);
        assertThat(exchange.headers).containsEntry("Location", "/system/console/platform-x");
        assertThat(done).containsExactly("stop acme@example.com", "start acme@example.com");
        assertThat(noted)
                .containsExactly(
                        "customer instance:restart acme@example.com begin begun",
                        "customer instance:restart acme@example.com end done");

        press(apps, "operator", "stop", "files");
        press(alarms, "admin", "ack", "platform/disk");
        press(alarms, "customer", "clear", "acme@example.com/slow");
        assertThat(done)
                .contains("stop files", "acknowledge [platform, disk, admin]", "clear [acme@example.com, slow]");
    }

    @Test
    void traceFlagsAreShownAndSet() throws IOException {
        assertThat(page(instances, "viewer")).contains("<td>app app-websocket</td>");
        assertThat(page(instances, "operator")).contains("<input name='value' value='app app-websocket'>");

        assertThat(press(instances, "customer", "trace", "acme@example.com", " database, app ").status)
                .isEqualTo(302);
        press(instances, "customer", "trace", "acme@example.com", "");
        assertThat(done)
                .containsExactly(
                        "edit acme@example.com Optional[[APP, DATABASE]]", "edit acme@example.com Optional[[]]");
        assertThat(noted).contains("customer instance:trace acme@example.com end done");

        done.clear();
        assertThat(page(instances, press(instances, "operator", "trace", "acme@example.com", "<b>")))
                .contains("There is no trace flag &#39;&lt;b&gt;&#39;");
        press(instances, "viewer", "trace", "acme@example.com", "app");
        press(instances, "customer", "trace", "other@example.org", "app");
        press(apps, "operator", "trace", "files", "app");
        assertThat(done).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"other@example.org", "none@example.com", "", "no id", "a\nb"})
    void whatIsOutsideOfTheScopeIsRefusedLikeWhatIsNot(String target) throws IOException {
        Exchange exchange = press(instances, "customer", "start", target);
        assertThat(exchange.status).isEqualTo(403);
        assertThat(exchange.body())
                .isEqualTo("instance:start: this takes the role operator, and what there is within your scope. Ask an"
                        + " administrator of the platform.\n");
        assertThat(done).isEmpty();
        assertThat(noted).singleElement().asString().startsWith("customer instance:start " + target + " refuse");
    }

    @Test
    void aViewerChangesNothing() throws IOException {
        assertThat(press(instances, "viewer", "stop", "acme@example.com").status)
                .isEqualTo(403);
        assertThat(press(apps, "viewer", "stop", "files").status).isEqualTo(403);
        assertThat(press(alarms, "viewer", "ack", "platform/disk").status).isEqualTo(403);
        assertThat(done).isEmpty();
        assertThat(noted).hasSize(3).allMatch(it -> it.contains(" refuse "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "delete", "start", "STOP", "stop "})
    void whatNoButtonSaysIsNotDone(String action) throws IOException {
        assertThat(page(instances, press(instances, "admin", action, "acme@example.com")))
                .contains("cannot be done");
        assertThat(done).isEmpty();
    }

    @Test
    void aFailureIsShownAndInTheAudit() throws IOException {
        Exchange exchange = press(instances, "operator", "start", "off@example.com");
        assertThat(page(instances, exchange)).contains("The app &lt;b&gt;refuses&lt;/b&gt;.", "off@example.com");
        assertThat(noted).last().asString().endsWith("end failed: The app <b>refuses</b>.");
    }

    @Test
    void whatCannotBeNotedIsNotDoneAndWithoutAManagerThePageSaysSo() throws IOException {
        InstancesTab without = new InstancesTab(null, null, null);
        assertThat(page(without, "admin")).contains("manager does not run");
        assertThat(page(without, press(without, "admin", "start", "x@example.com")))
                .contains("manager does not run");
    }

    @Test
    void whoIsNoAdministratorIsShownTheTabsThatHeCanOpen() throws IOException, ServletException {
        assertThat(navigation("viewer")).containsOnlyKeys("category.App Platform");
        assertThat(navigation("admin")).containsOnlyKeys("category.App Platform", "category.OSGi");
    }

    private Map<String, Object> navigation(String user) throws IOException, ServletException {
        Map<String, Object> categories = new TreeMap<>(Map.of("category.App Platform", "x", "category.OSGi", "y"));
        Exchange exchange = as(user);
        exchange.attributes.put("felix.webconsole.labelMap.categorized", categories);
        instances.doGet(exchange.request(), exchange.response());
        return categories;
    }
}
