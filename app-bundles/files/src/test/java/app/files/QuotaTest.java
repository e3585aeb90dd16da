package app.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import platform.core.api.Health;
import platform.core.api.PlatformException;

/** The quota: what counts, what is refused, and that what was refused leaves nothing. */
final class QuotaTest {

    private static final int LIMIT = 2_000_000;

    private TestServer server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(Map.of("quota", "2MB"));
        client = new Client(server);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private int put(String path, int size) throws Exception {
        return client.send("PUT", path, HttpRequest.BodyPublishers.ofByteArray(new byte[size]))
                .status();
    }

    @Test
    void exactlyTheQuotaFits() throws Exception {
        assertThat(put("/dav/a", LIMIT - 1)).isEqualTo(201);
        assertThat(server.instance.health().status()).isEqualTo(Health.Status.UP);
        assertThat(put("/dav/b", 1)).isEqualTo(201);
        assertThat(put("/dav/c", 1)).isEqualTo(507);
        assertThat(put("/dav/c", 0)).isEqualTo(201);
        assertThat(server.instance.health().status()).isEqualTo(Health.Status.DEGRADED);
    }

    @Test
    void aDatabaseThatTakesNoWritesIsFull() throws Exception {
        try (Connection connection = server.database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE CURRENT_USER SET default_transaction_read_only = on");
            assertThatThrownBy(() -> statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE usename = current_user ORDER BY pid = pg_backend_pid()"))
                    .isInstanceOf(SQLException.class);
        }
        Client.Answer refused = client.send("PUT", "/dav/a", HttpRequest.BodyPublishers.ofString("x"));
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.text()).contains("Nothing can be stored now");
    }

    @Test
    void tooMuchIsRefusedBeforeItIsSent() throws Exception {
        try (RawRequest request = new RawRequest(
                server, "/dav/x", "Content-Length", Integer.toString(LIMIT + 1), "Expect", "100-continue")) {
            assertThat(request.status()).isEqualTo(507);
        }
    }

    @Test
    void whoSendsTooMuchAtOnceSeesTheAnswer() throws Exception {
        for (int size : new int[] {LIMIT + 1, 32 << 20}) {
            Client.Answer refused =
                    client.send("PUT", "/dav/x", HttpRequest.BodyPublishers.ofByteArray(new byte[size]));
            assertThat(refused.status()).isEqualTo(507);
            assertThat(refused.header("Connection")).isEqualTo("close");
        }
        assertThat(put("/dav/x", LIMIT)).isEqualTo(201);
        Client.Answer small = client.put("/dav/y", "small");
        assertThat(small.status()).isEqualTo(507);
        assertThat(small.header("Connection")).isEmpty();
    }

    @Test
    void tooMuchOfUnknownLengthIsRefusedOnTheWay() throws Exception {
        client.put("/dav/x", "old");
        Client.Answer refused = client.send(
                "PUT",
                "/dav/x",
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[LIMIT + 1])));
        assertThat(refused.status()).isEqualTo(507);
        assertThat(refused.text()).contains("quota");
        server.executor.runTimers();
        assertThat(Rows.count(server, "content")).isEqualTo(1);
        assertThat(Rows.count(server, "chunk")).isEqualTo(1);
        assertThat(client.get("/dav/x").text()).isEqualTo("old");
        assertThat(put("/dav/y", LIMIT - 3)).isEqualTo(201);
    }

    @Test
    void aReplacedFileMakesRoomForItsSuccessor() throws Exception {
        assertThat(put("/dav/a", LIMIT)).isEqualTo(201);
        assertThat(put("/dav/a", LIMIT)).isEqualTo(204);
        assertThat(put("/dav/a", LIMIT + 1)).isEqualTo(507);
        assertThat(put("/dav/a", 10)).isEqualTo(204);
        assertThat(put("/dav/b", LIMIT - 10)).isEqualTo(201);
    }

    @Test
    void copiesCountAndDeletedFilesDoNot() throws Exception {
        client.send("MKCOL", "/dav/f/");
        assertThat(put("/dav/f/a", LIMIT / 2)).isEqualTo(201);
        assertThat(client.transfer("COPY", "/dav/f/", "/dav/g/").status()).isEqualTo(201);
        assertThat(client.transfer("COPY", "/dav/f/", "/dav/h/").status()).isEqualTo(507);
        assertThat(client.transfer("COPY", "/dav/f/", "/dav/g/").status()).isEqualTo(204);
        assertThat(client.transfer("MOVE", "/dav/f/", "/dav/g/").status()).isEqualTo(204);
        assertThat(put("/dav/b", LIMIT / 2)).isEqualTo(201);
        assertThat(client.send("DELETE", "/dav/g/").status()).isEqualTo(204);
        assertThat(put("/dav/c", LIMIT / 2)).isEqualTo(201);
    }

    @Test
    void uploadsInProgressCount() {
        Quota quota = new Quota(100, 0);
        try (Quota.Claim one = quota.claim();
                Quota.Claim two = quota.claim()) {
            one.require(60, 0);
            assertThatThrownBy(() -> two.require(41, 0)).isInstanceOf(DavException.class);
            two.require(40, 0);
            assertThat(quota.available()).isZero();
            one.settle();
            assertThat(quota.used()).isEqualTo(60);
        }
        assertThat(quota.available()).isEqualTo(40);
    }

    @Test
    void aRecountIsTakenOnlyWhenNothingChangedMeanwhile() {
        Quota quota = new Quota(0, 5);
        long turn = quota.turn();
        try (Quota.Claim claim = quota.claim()) {
            assertThat(quota.recounted(7, turn)).isFalse();
            claim.require(1, 0);
            claim.settle();
        }
        assertThat(quota.recounted(7, turn)).isFalse();
        assertThat(quota.recounted(7, quota.turn())).isTrue();
        assertThat(quota.used()).isEqualTo(7);
    }

    @Test
    void theSettingHasAUnit() {
        assertThat(ByteSize.parse("0")).isZero();
        assertThat(ByteSize.parse(" 10GB ")).isEqualTo(10_000_000_000L);
        assertThat(ByteSize.parse("1.5 KiB")).isEqualTo(1536);
        assertThat(ByteSize.parse("10G")).isEqualTo(10_000_000_000L);
        assertThat(ByteSize.parse("7b")).isEqualTo(7);
        for (String wrong : new String[] {"", "GB", "-1", "10 GBit", "1e9", "999999999999TB", "1,5GB"}) {
            assertThatThrownBy(() -> ByteSize.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(PlatformException.class)
                    .hasMessageContaining("such as 10GB");
        }
    }
}
