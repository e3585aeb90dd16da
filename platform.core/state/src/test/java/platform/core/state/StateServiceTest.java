package platform.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.BackupTargets;
import platform.backup.api.Schedules;
import platform.core.api.AccessScope;
import platform.core.api.AlarmSinks;
import platform.core.api.AppFiles;
import platform.core.api.InstanceQuotas;
import platform.core.api.Instances;
import platform.core.api.Platform;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.ServicePlaces;
import platform.core.api.Services;
import platform.core.api.Settings;
import platform.core.api.StateDocument;
import platform.core.api.StatePlan;
import platform.core.api.StateStep;
import platform.core.api.StateStep.Action;
import platform.core.api.UserInfo;
import platform.core.api.Users;
import platform.webserver.api.Certificates;

/** What a document may do that came over the network, and what one may that somebody on the machine has given. */
class StateServiceTest {

    private static final String SECRET = "users:\n  carl:\n    role: viewer\n    passwordFile: secrets/carl\n";

    @TempDir
    Path data;

    private final List<String> calls = new ArrayList<>();
    private StateService state;

    @BeforeEach
    void aPlatformWithAUser() throws Exception {
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/carl"), "hunter2\n");
        state = new StateService(
                fake(Settings.class),
                fake(Certificates.class),
                fake(Services.class),
                fake(ServicePlaces.class),
                fake(AppFiles.class),
                fake(Instances.class),
                fake(InstanceQuotas.class),
                fake(BackupTargets.class),
                fake(Schedules.class),
                fake(AlarmSinks.class),
                fake(Users.class),
                fake(Platform.class));
    }

    /** A service that has nothing, but one user, and notes what is done with it. */
    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> answer(method, arguments)));
    }

    private Object answer(Method method, Object[] arguments) {
        if (method.getName().equals("data")) {
            return data;
        }
        if (method.getName().equals("list")) {
            return method.getDeclaringClass() == Users.class ? List.of(anna()) : List.of();
        }
        calls.add(method.getName() + List.of(arguments));
        return "made-for-him";
    }

    private static UserInfo anna() {
        return new UserInfo("anna", Role.VIEWER, AccessScope.EVERYTHING, true, false, Instant.EPOCH, Instant.EPOCH);
    }

    private StatePlan fromNetwork(String text) {
        return state.plan(new StateDocument(text, false, "admin", false));
    }

    private StatePlan fromMachine(String text) {
        return state.plan(new StateDocument(text, false, "admin", true));
    }

    private static StateStep only(StatePlan plan) {
        assertThat(plan.steps()).hasSize(1);
        return plan.steps().get(0);
    }

    @Test
    void whatIsExportedIsWhatThereIs() {
        assertThat(state.exportText()).isEqualTo("users:\n  anna:\n    role: viewer\n");
        assertThat(fromNetwork(state.exportText()).steps()).isEmpty();
    }

    @Test
    void jsonIsReadAsWell() {
        StateStep step = only(fromNetwork("{\"users\": {\"anna\": {\"role\": \"operator\"}}}"));

        assertThat(step).hasToString("change user anna");
        assertThat(step.details()).containsExactly("role: viewer -> operator");
    }

    @Test
    void aSecretIsReadForWhoIsOnTheMachine() {
        List<String> done = new ArrayList<>();
        fromMachine(SECRET).apply((step, told) -> done.add(step + told));

        assertThat(done).containsExactly("create user carl");
        assertThat(calls).singleElement().asString().contains("carl", "hunter2");
    }

    @Test
    void aSecretIsNotReadForWhoComesOverTheNetwork() {
        StatePlan plan = fromNetwork(SECRET);

        assertThat(only(plan).action()).isEqualTo(Action.IMPOSSIBLE);
        assertThat(only(plan).details().get(0)).contains("passwordFile", "only the shell", "./platform apply");
        assertThatThrownBy(() -> plan.apply((step, told) -> {}))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("Nothing was changed.");
        assertThat(calls).isEmpty();
    }

    @Test
    void aReferenceThatIsNotNeededHidesNoDrift() {
        String document = "users:\n  anna:\n    role: operator\n    passwordEnv: PATH\n";

        assertThat(only(fromNetwork(document)).details()).containsExactly("role: viewer -> operator");
    }

    @Test
    void whetherThereIsAFileIsNotToldOverTheNetwork() {
        String app = "apps:\n  shop:\n    version: 1.0.0\n    sha256: abc\n    jar: ";

        StateStep there = only(fromNetwork(app + data.resolve("secrets/carl")));
        StateStep missing = only(fromNetwork(app + data.resolve("secrets/nobody")));

        assertThat(there.action()).isEqualTo(Action.IMPOSSIBLE);
        assertThat(there.details()).isEqualTo(missing.details());
        assertThat(only(fromNetwork(app + "https://example.com/shop.jar")).action())
                .isEqualTo(Action.CREATE);
    }

    @Test
    void noCertificateIsReadFromTheMachineOverTheNetwork() {
        assertThatThrownBy(() -> fromNetwork("certificates:\n  default:\n    file: /etc/passwd\n"))
                .hasMessageStartingWith("Line 2, column 3: The file is on the platform's machine");
    }

    @Test
    void aTypingErrorIsSaidWithItsPlaceAndWhatWasMeant() {
        assertThatThrownBy(() -> fromNetwork("userz: {}"))
                .hasMessage("Line 1, column 1: There is no 'userz' here. Did you mean users?");
    }
}
