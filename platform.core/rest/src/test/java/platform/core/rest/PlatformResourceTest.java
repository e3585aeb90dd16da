package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.rest.RestServer.Answer;

/** The platform renamed, its disk and its bundles. */
class PlatformResourceTest {

    private static final String RENAME = "platform/rename";

    private RestServer server;

    @BeforeEach
    void start() throws Exception {
        server = new RestServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String order(String kind, String newName) {
        return "{\"kind\":\"" + kind + "\",\"oldName\":\"example.com\",\"newName\":\"" + newName + "\"}";
    }

    @Test
    void aNameIsToldBeforeItIsChangedAndChangedBack() {
        Answer told = server.send("admin", "POST", RENAME + "?dry-run=true", order("domain", "example.net"));
        assertThat(told.json().at("/changes/0/newValue").asText()).isEqualTo("acme@example.net");
        assertThat(server.services.renaming.applied).isEmpty();
        Answer done = server.send("admin", "POST", RENAME, order("host", "example.net"));
        assertThat(done.json().get("kind").asText()).isEqualTo("host");
        Answer back = server.send("admin", "POST", RENAME + "/undo", null);
        assertThat(back.json().get("undo").asBoolean()).isTrue();
        assertThat(server.services.renaming.applied).hasSize(2);
        assertThat(server.services.audit.last().event().action()).isEqualTo("renaming:undo");
    }

    @Test
    void aNameThatIsTakenIsNotGivenAgain() {
        Answer told = server.send("admin", "POST", RENAME + "?dry-run=true", order("domain", "taken.example"));
        assertThat(told.json().get("conflicts")).hasSize(1);
        Answer refused = server.send("admin", "POST", RENAME, order("domain", "taken.example"));
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("detail").asText()).startsWith("Nothing was renamed.");
        assertThat(server.services.renaming.applied).isEmpty();
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertThat(server.send("admin", "POST", RENAME, order("planet", "example.net"))
                        .json()
                        .get("detail")
                        .asText())
                .isEqualTo("The property 'kind' is one of: domain, host.");
        assertThat(server.send("admin", "POST", RENAME, order("domain", "../x")).status())
                .isEqualTo(400);
        assertThat(server.send("admin", "POST", RENAME, "{}").status()).isEqualTo(400);
    }

    @Test
    void theDiskSaysHowMuchRoomItHas() {
        Answer disk = server.get("viewer", "platform/disk");
        assertThat(disk.json().get("level").asText()).isEqualTo("very-low");
        assertThat(disk.json().get("room").asLong()).isEqualTo(70);
    }

    @Test
    void bundlesAreListedWithTheirStates() {
        Answer bundles = server.get("viewer", "bundles");
        assertThat(bundles.json().at("/0/state").asText()).isEqualTo("active");
        assertThat(bundles.json().at("/1/state").asText()).isEqualTo("installed");
        assertThat(bundles.json().at("/0/version").asText()).isEqualTo("7.0.5");
        assertThat(bundles.json().get(1).has("name")).isFalse();
    }
}
