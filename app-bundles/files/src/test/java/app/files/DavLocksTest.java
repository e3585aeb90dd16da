package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LOCK, UNLOCK, the If header, and what locks forbid. */
final class DavLocksTest {

    private static TestServer server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(Map.of());
        client = new Client(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Client.Answer tryLock(String path, String scope, String... headers) throws Exception {
        return client.sendText(
                "LOCK",
                path,
                "<D:lockinfo xmlns:D='DAV:'><D:lockscope><D:" + scope
                        + "/></D:lockscope><D:locktype><D:write/></D:locktype>"
                        + "<D:owner><D:href>me</D:href></D:owner></D:lockinfo>",
                headers);
    }

    /** The token, in its brackets. */
    private static String lock(String path, String scope, String... headers) throws Exception {
        Client.Answer answer = tryLock(path, scope, headers);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 201);
        return answer.header("Lock-Token");
    }

    @Test
    void aLockedFileChangesOnlyWithTheToken() throws Exception {
        client.put("/dav/locked", "1");
        String token = lock("/dav/locked", "exclusive");
        assertThat(client.put("/dav/locked", "2").status()).isEqualTo(423);
        assertThat(client.send("DELETE", "/dav/locked").status()).isEqualTo(423);
        assertThat(client.transfer("MOVE", "/dav/locked", "/dav/elsewhere").status())
                .isEqualTo(423);
        assertThat(client.sendText(
                                "PROPPATCH",
                                "/dav/locked",
                                "<propertyupdate xmlns='DAV:'><set><prop><a/></prop></set></propertyupdate>")
                        .status())
                .isEqualTo(423);
        assertThat(client.get("/dav/locked").text()).isEqualTo("1");
        assertThat(client.put("/dav/locked", "2", "If", "(" + token + ")").status())
                .isEqualTo(204);
        assertThat(client.send("DELETE", "/dav/locked", "If", "(" + token + ")").status())
                .isEqualTo(204);
        assertThat(client.put("/dav/locked", "3").status()).isEqualTo(201);
    }

    @Test
    void theAnswerSaysWhichTokenIsMissing() throws Exception {
        client.put("/dav/which", "1");
        lock("/dav/which", "exclusive");
        assertThat(client.put("/dav/which", "2").text())
                .contains("<D:lock-token-submitted><D:href>/example.com/acme/dav/which</D:href>");
    }

    @Test
    void twoExclusiveLocksExcludeEachOtherAndSharedOnesDoNot() throws Exception {
        client.put("/dav/both", "1");
        String one = lock("/dav/both", "shared");
        String two = lock("/dav/both", "shared");
        assertThat(tryLock("/dav/both", "exclusive").status()).isEqualTo(423);
        assertThat(client.put("/dav/both", "2", "If", "(" + two + ")").status()).isEqualTo(204);
        assertThat(client.put("/dav/both", "3").status()).isEqualTo(423);
        client.send("UNLOCK", "/dav/both", "Lock-Token", one);
        client.send("UNLOCK", "/dav/both", "Lock-Token", two);
        lock("/dav/both", "exclusive");
        assertThat(tryLock("/dav/both", "exclusive").text()).contains("no-conflicting-lock");
        assertThat(tryLock("/dav/both", "shared").status()).isEqualTo(423);
    }

    @Test
    void aLockWhereNothingIsMakesAnEmptyFile() throws Exception {
        Client.Answer made = tryLock("/dav/reserved", "exclusive");
        assertThat(made.status()).isEqualTo(201);
        String token = made.header("Lock-Token");
        assertThat(client.get("/dav/reserved").bytes()).isEmpty();
        assertThat(client.put("/dav/reserved", "x").status()).isEqualTo(423);
        assertThat(client.put("/dav/reserved", "x", "If", "(" + token + ")").status())
                .isEqualTo(204);
        assertThat(tryLock("/dav/no/folder", "exclusive").status()).isEqualTo(409);
    }

    @Test
    void aDeepLockHoldsForAllBelow() throws Exception {
        client.send("MKCOL", "/dav/deep/");
        client.send("MKCOL", "/dav/deep/sub/");
        client.put("/dav/deep/sub/file", "1");
        String token = lock("/dav/deep/", "exclusive");
        assertThat(client.put("/dav/deep/sub/file", "2").status()).isEqualTo(423);
        assertThat(client.put("/dav/deep/new", "2").status()).isEqualTo(423);
        assertThat(client.put("/dav/deep/new", "2", "If", "</example.com/acme/dav/deep/> (" + token + ")")
                        .status())
                .isEqualTo(201);
        assertThat(client.send("PROPFIND", "/dav/deep/sub/file", "Depth", "0").text())
                .contains("<D:lockroot><D:href>/example.com/acme/dav/deep/</D:href>");
        assertThat(client.send("UNLOCK", "/dav/deep/sub/file", "Lock-Token", token)
                        .status())
                .isEqualTo(204);
        assertThat(client.put("/dav/deep/sub/file", "2").status()).isEqualTo(204);
    }

    @Test
    void aFlatLockOfAFolderHoldsItsMembersTogether() throws Exception {
        client.send("MKCOL", "/dav/flat/");
        client.put("/dav/flat/file", "1");
        String token = lock("/dav/flat/", "exclusive", "Depth", "0");
        assertThat(client.put("/dav/flat/file", "2").status()).isEqualTo(204);
        assertThat(client.put("/dav/flat/new", "2").status()).isEqualTo(423);
        assertThat(client.send("MKCOL", "/dav/flat/new/").status()).isEqualTo(423);
        assertThat(client.send("DELETE", "/dav/flat/file").status()).isEqualTo(423);
        assertThat(client.transfer("MOVE", "/dav/flat/file", "/dav/flatout").status())
                .isEqualTo(423);
        assertThat(client.transfer("COPY", "/dav/flat/file", "/dav/flat/two").status())
                .isEqualTo(423);
        assertThat(client.send("DELETE", "/dav/flat/file", "If", "</example.com/acme/dav/flat> (" + token + ")")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aLockedMemberKeepsItsFolder() throws Exception {
        client.send("MKCOL", "/dav/keeps/");
        client.put("/dav/keeps/a%20b", "1");
        lock("/dav/keeps/a%20b", "exclusive");
        Client.Answer refused = client.send("DELETE", "/dav/keeps/");
        assertThat(refused.status()).isEqualTo(207);
        assertThat(refused.text())
                .contains("<D:href>/example.com/acme/dav/keeps/a%20b</D:href><D:status>HTTP/1.1 423 Locked</D:status>");
        assertThat(client.get("/dav/keeps/a%20b").text()).isEqualTo("1");
        Client.Answer deep = tryLock("/dav/keeps/", "exclusive");
        assertThat(deep.status()).isEqualTo(207);
        assertThat(deep.text()).contains("423 Locked").contains("424 Failed Dependency");
    }

    @Test
    void aLockEndsByItselfUnlessItIsRefreshed() throws Exception {
        client.put("/dav/timed", "1");
        Client.Answer locked = tryLock("/dav/timed", "exclusive", "Timeout", "Second-100");
        assertThat(locked.elements("timeout")).containsExactly("Second-100");
        String token = locked.header("Lock-Token");
        server.clock.advance(Duration.ofSeconds(90));
        Client.Answer refreshed =
                client.send("LOCK", "/dav/timed", "If", "(" + token + ")", "Timeout", "Infinite, Second-1");
        assertThat(refreshed.status()).isEqualTo(200);
        assertThat(refreshed.elements("timeout")).containsExactly("Second-86400");
        server.clock.advance(Duration.ofHours(23));
        assertThat(client.put("/dav/timed", "2").status()).isEqualTo(423);
        server.clock.advance(Duration.ofHours(1));
        assertThat(client.put("/dav/timed", "2").status()).isEqualTo(204);
        assertThat(client.send("LOCK", "/dav/timed", "If", "(" + token + ")").status())
                .isEqualTo(412);
    }

    @Test
    void aLockDoesNotFollowACopyOrAMove() throws Exception {
        client.put("/dav/origin", "1");
        String token = lock("/dav/origin", "exclusive");
        assertThat(client.transfer("COPY", "/dav/origin", "/dav/free").status()).isEqualTo(201);
        assertThat(client.put("/dav/free", "2").status()).isEqualTo(204);
        assertThat(client.transfer("MOVE", "/dav/origin", "/dav/free2", "If", "(" + token + ")")
                        .status())
                .isEqualTo(201);
        assertThat(client.put("/dav/free2", "2").status()).isEqualTo(204);
    }

    @Test
    void aFileThatIsCopiedOverKeepsItsLock() throws Exception {
        client.put("/dav/original", "1");
        client.put("/dav/target", "2");
        String token = lock("/dav/target", "exclusive");
        assertThat(client.transfer("COPY", "/dav/original", "/dav/target").status())
                .isEqualTo(423);
        assertThat(client.transfer(
                                "COPY",
                                "/dav/original",
                                "/dav/target",
                                "If",
                                "</example.com/acme/dav/target> (" + token + ")")
                        .status())
                .isEqualTo(204);
        assertThat(client.get("/dav/target").text()).isEqualTo("1");
        assertThat(client.put("/dav/target", "3").status()).isEqualTo(423);
    }

    @Test
    void theIfHeaderIsEvaluatedWhole() throws Exception {
        String etag = client.put("/dav/cond", "1").header("ETag");
        client.put("/dav/cond2", "other");
        String token = lock("/dav/cond", "exclusive");
        String mine = "(" + token + " [" + etag + "])";
        assertThat(client.put("/dav/cond", "1", "If", mine).status()).isEqualTo(204);
        assertThat(client.put("/dav/cond", "1", "If", "(" + token + " [\"other\"])")
                        .status())
                .isEqualTo(412);
        assertThat(client.put("/dav/cond", "1", "If", "(" + token + " [\"other\"]) (Not <DAV:no-lock>)")
                        .status())
                .isEqualTo(204);
        assertThat(client.put("/dav/cond", "1", "If", "(Not " + token + ")").status())
                .isEqualTo(412);
        assertThat(client.put("/dav/cond", "1", "If", "(<DAV:no-lock>) (" + token + ")")
                        .status())
                .isEqualTo(204);
        assertThat(client.put("/dav/cond2", "1", "If", "<" + server.uri("/dav/cond") + "> " + mine)
                        .status())
                .isEqualTo(204);
        assertThat(client.put("/dav/cond2", "1", "If", "<http://elsewhere/x> (" + token + ")")
                        .status())
                .isEqualTo(412);
        assertThat(client.put("/dav/cond", "1", "If", "(" + token).status()).isEqualTo(400);
        assertThat(client.get("/dav/cond", "If", "([\"other\"])").status()).isEqualTo(412);
    }

    @Test
    void unlockNeedsTheTokenOfThisResource() throws Exception {
        client.put("/dav/mine", "1");
        client.put("/dav/yours", "1");
        String token = lock("/dav/mine", "exclusive");
        assertThat(client.send("UNLOCK", "/dav/yours", "Lock-Token", token).status())
                .isEqualTo(409);
        assertThat(client.send("UNLOCK", "/dav/mine").status()).isEqualTo(400);
        assertThat(client.send("UNLOCK", "/dav/mine", "Lock-Token", token).status())
                .isEqualTo(204);
        assertThat(client.send("UNLOCK", "/dav/mine", "Lock-Token", token).status())
                .isEqualTo(409);
    }

    @Test
    void aMalformedLockIsRefused() throws Exception {
        client.put("/dav/malformed", "1");
        assertThat(client.sendText("LOCK", "/dav/malformed", "<x/>").status()).isEqualTo(400);
        assertThat(tryLock("/dav/malformed", "exclusive", "Depth", "1").status())
                .isEqualTo(400);
        assertThat(tryLock("/dav/malformed", "other").status()).isEqualTo(400);
        assertThat(client.send("LOCK", "/dav/malformed").status()).isEqualTo(400);
    }

    @Test
    void theOwnerIsShownAsItWasGiven() throws Exception {
        client.put("/dav/owned", "1");
        lock("/dav/owned", "exclusive");
        assertThat(client.send("PROPFIND", "/dav/owned", "Depth", "0").text())
                .contains("<D:owner xmlns:D=\"DAV:\"><D:href>me</D:href></D:owner>");
    }
}
