package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROPFIND's kinds, PROPPATCH, and what XML a client may send. */
final class DavPropertiesTest {

    private static TestServer server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(Map.of("quota", "1MB"));
        client = new Client(server);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Client.Answer patch(String path, String instructions) throws Exception {
        return client.sendText(
                "PROPPATCH",
                path,
                "<D:propertyupdate xmlns:D='DAV:' xmlns:x='urn:x'>" + instructions + "</D:propertyupdate>");
    }

    private static Client.Answer find(String path, String query) throws Exception {
        return client.sendText(
                "PROPFIND",
                path,
                "<D:propfind xmlns:D='DAV:' xmlns:x='urn:x'>" + query + "</D:propfind>",
                "Depth",
                "0");
    }

    @Test
    void aPropertyIsKeptAsItWasWritten() throws Exception {
        client.put("/dav/kept", "x");
        String value =
                "<x:note xml:lang=\"de\" x:a=\"&quot;&lt;\">a &amp; <y xmlns=\"urn:y\">b</y> <z>&#x1F600;</z></x:note>";
        assertThat(patch("/dav/kept", "<D:set><D:prop>" + value + "</D:prop></D:set>")
                        .status())
                .isEqualTo(207);
        assertThat(find("/dav/kept", "<D:prop><x:note/></D:prop>").text())
                .contains("HTTP/1.1 200 OK")
                .contains("<x:note xmlns:x=\"urn:x\"")
                .contains("xml:lang=\"de\"")
                .contains("a &amp; <y xmlns=\"urn:y\">b</y> <z>😀</z></x:note>");
    }

    @Test
    void theLanguageAroundAPropertyIsKept() throws Exception {
        client.put("/dav/language", "x");
        patch("/dav/language", "<D:set xml:lang='fr'><D:prop><x:mot>oui</x:mot></D:prop></D:set>");
        assertThat(find("/dav/language", "<D:prop><x:mot/></D:prop>").text()).contains("xml:lang=\"fr\">oui</x:mot>");
    }

    @Test
    void propertiesComeAlongInACopyAndAMove() throws Exception {
        client.send("MKCOL", "/dav/folder/");
        client.put("/dav/folder/file", "x");
        patch("/dav/folder/file", "<D:set><D:prop><x:p>v</x:p></D:prop></D:set>");
        client.transfer("COPY", "/dav/folder/", "/dav/copied/");
        client.transfer("MOVE", "/dav/folder/", "/dav/moved/");
        client.put("/dav/over", "y");
        client.transfer("COPY", "/dav/copied/file", "/dav/over");
        for (String path : new String[] {"/dav/copied/file", "/dav/moved/file", "/dav/over"}) {
            assertThat(find(path, "<D:prop><x:p/></D:prop>").text()).contains(">v</x:p>");
        }
    }

    @Test
    void oneRefusedInstructionUndoesAll() throws Exception {
        client.put("/dav/atomic", "x");
        Client.Answer refused = patch(
                "/dav/atomic",
                "<D:set><D:prop><x:a>1</x:a></D:prop></D:set><D:set><D:prop><D:getetag>no</D:getetag></D:prop></D:set>");
        assertThat(refused.text())
                .contains("HTTP/1.1 424 Failed Dependency")
                .contains("HTTP/1.1 403 Forbidden")
                .contains("cannot-modify-protected-property");
        assertThat(find("/dav/atomic", "<D:prop><x:a/></D:prop>").text()).contains("HTTP/1.1 404 Not Found");
    }

    @Test
    void instructionsCountInTheirOrder() throws Exception {
        client.put("/dav/order", "x");
        patch(
                "/dav/order",
                "<D:set><D:prop><x:a>1</x:a></D:prop></D:set><D:remove><D:prop><x:a/></D:prop></D:remove>"
                        + "<D:remove><D:prop><x:b/></D:prop></D:remove><D:set><D:prop><x:b>2</x:b></D:prop></D:set>");
        assertThat(find("/dav/order", "<D:propname/>").text())
                .contains("b xmlns")
                .doesNotContain(":a");
    }

    @Test
    void allPropertiesAreAllButThoseThatMustBeNamed() throws Exception {
        client.put("/dav/all", "12345");
        patch("/dav/all", "<D:set><D:prop><x:own>v</x:own></D:prop></D:set>");
        assertThat(client.send("PROPFIND", "/dav/all", "Depth", "0").text())
                .contains("<D:getcontentlength>5</D:getcontentlength>")
                .contains("<D:resourcetype></D:resourcetype>")
                .contains("<D:creationdate>2026-11-24T10:00:00Z</D:creationdate>")
                .contains("<D:getlastmodified>Tue, 24 Nov 2026 10:00:00 GMT</D:getlastmodified>")
                .contains(">v</x:own>")
                .doesNotContain("quota");
        assertThat(find("/dav/", "<D:allprop/><D:include><D:quota-used-bytes/></D:include>")
                        .text())
                .contains("quota-used-bytes");
    }

    @Test
    void theQuotaCanBeRead() throws Exception {
        client.put("/dav/counts", "12345");
        Client.Answer answer = find("/dav/", "<D:prop><D:quota-used-bytes/><D:quota-available-bytes/></D:prop>");
        long used = Long.parseLong(answer.elements("quota-used-bytes").get(0));
        long available = Long.parseLong(answer.elements("quota-available-bytes").get(0));
        assertThat(used).isGreaterThanOrEqualTo(5);
        assertThat(used + available).isEqualTo(1_000_000);
    }

    @Test
    void aPropertyOfNoNamespaceIsOne() throws Exception {
        client.put("/dav/bare", "x");
        patch("/dav/bare", "<D:set><D:prop><bare>v</bare></D:prop></D:set>");
        assertThat(find("/dav/bare", "<D:prop><bare/><other/></D:prop>").text())
                .contains("<bare>v</bare>")
                .contains("<other/>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<propfind xmlns='DAV:'><prop>",
                "<other xmlns='DAV:'/>",
                "<propfind xmlns='DAV:'/>",
                "<propfind><prop/></propfind>",
                "<a:propfind/>",
                "<!DOCTYPE x [<!ENTITY e 'boom'>]><propfind xmlns='DAV:'><prop>&e;</prop></propfind>",
                "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><propfind xmlns='DAV:'><allprop/></propfind>",
                "<propfind xmlns='DAV:'><prop>&#1;</prop></propfind>",
                "text"
            })
    void bodiesThatAreNoPropfindAreRefused(String body) throws Exception {
        assertThat(client.sendText("PROPFIND", "/dav/", body, "Depth", "0").status())
                .isEqualTo(400);
    }

    @Test
    void deepAndLongBodiesAreRefused() throws Exception {
        String deep = "<propfind xmlns='DAV:'><prop>" + "<a>".repeat(300) + "</a>".repeat(300) + "</prop></propfind>";
        assertThat(client.sendText("PROPFIND", "/dav/", deep, "Depth", "0").status())
                .isEqualTo(400);
        String comment = "<!--" + "x".repeat(1 << 20) + "--><propfind xmlns='DAV:'><allprop/></propfind>";
        assertThat(client.sendText("PROPFIND", "/dav/", comment, "Depth", "0").status())
                .isEqualTo(413);
    }

    @Test
    void proppatchNeedsAResourceAndInstructions() throws Exception {
        assertThat(patch("/dav/absent", "<D:set><D:prop><x:a/></D:prop></D:set>")
                        .status())
                .isEqualTo(404);
        assertThat(patch("/dav/", "").status()).isEqualTo(400);
        assertThat(client.send("PROPPATCH", "/dav/").status()).isEqualTo(400);
    }
}
