package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** GET, HEAD and PUT of files: whole, in parts, on conditions. */
final class DavFilesTest {

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

    @Test
    void aFileComesBackAsItWasSent() throws Exception {
        Client.Answer made = client.put("/dav/plain.txt", "content");
        assertThat(made.status()).isEqualTo(201);
        Client.Answer read = client.get("/dav/plain.txt");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.text()).isEqualTo("content");
        assertThat(read.header("ETag")).startsWith("\"").isEqualTo(made.header("ETag"));
        assertThat(read.header("Content-Type")).startsWith("text/plain");
        assertThat(read.header("Content-Length")).isEqualTo("7");
        assertThat(read.header("Last-Modified")).endsWith("GMT");
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        assertThat(client.put("/dav/empty", "").status()).isEqualTo(201);
        Client.Answer read = client.get("/dav/empty");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.bytes()).isEmpty();
        assertThat(client.get("/dav/empty", "Range", "bytes=0-").status()).isEqualTo(416);
    }

    @Test
    void headAnswersWithoutTheBytes() throws Exception {
        client.put("/dav/head", "12345");
        Client.Answer head = client.send("HEAD", "/dav/head");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("5");
        assertThat(head.bytes()).isEmpty();
    }

    @Test
    void aReplacedFileHasAnotherETagAndTheSameContentTheSame() throws Exception {
        String first = client.put("/dav/tag", "one").header("ETag");
        Client.Answer replaced = client.put("/dav/tag", "two");
        assertThat(replaced.status()).isEqualTo(204);
        assertThat(replaced.header("ETag")).isNotEqualTo(first);
        assertThat(client.put("/dav/tag", "one").header("ETag")).isEqualTo(first);
    }

    @Test
    void oneRangeIsSentAlone() throws Exception {
        client.put("/dav/range", "0123456789");
        Client.Answer part = client.get("/dav/range", "Range", "bytes=2-4");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(client.get("/dav/range", "Range", "bytes=-3").text()).isEqualTo("789");
        assertThat(client.get("/dav/range", "Range", "bytes=7-").text()).isEqualTo("789");
    }

    @Test
    void severalRangesAreSentAsParts() throws Exception {
        client.put("/dav/ranges.txt", "0123456789");
        Client.Answer parts = client.get("/dav/ranges.txt", "Range", "bytes=0-1,8-");
        assertThat(parts.status()).isEqualTo(206);
        String boundary = parts.header("Content-Type").replace("multipart/byteranges; boundary=", "");
        assertThat(parts.text().split("\r\n--" + boundary))
                .containsExactly(
                        "",
                        "\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-1/10\r\n\r\n01",
                        "\r\nContent-Type: text/plain\r\nContent-Range: bytes 8-9/10\r\n\r\n89",
                        "--\r\n");
    }

    @Test
    void aRangeThatTheFileHasNotIsRefused() throws Exception {
        client.put("/dav/short", "012");
        Client.Answer refused = client.get("/dav/short", "Range", "bytes=3-");
        assertThat(refused.status()).isEqualTo(416);
        assertThat(refused.header("Content-Range")).isEqualTo("bytes */3");
    }

    @Test
    void aRangeOfAnotherVersionIsIgnored() throws Exception {
        String etag = client.put("/dav/if-range", "0123").header("ETag");
        assertThat(client.get("/dav/if-range", "Range", "bytes=0-0", "If-Range", etag)
                        .status())
                .isEqualTo(206);
        assertThat(client.get("/dav/if-range", "Range", "bytes=0-0", "If-Range", "\"other\"")
                        .text())
                .isEqualTo("0123");
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        String etag = client.put("/dav/cached", "0123").header("ETag");
        assertThat(client.get("/dav/cached", "If-None-Match", "\"x\", W/" + etag)
                        .status())
                .isEqualTo(304);
        assertThat(client.get("/dav/cached", "If-None-Match", "\"x\"").status()).isEqualTo(200);
        String date = client.get("/dav/cached").header("Last-Modified");
        assertThat(client.get("/dav/cached", "If-Modified-Since", date).status())
                .isEqualTo(304);
        server.clock.advance(Duration.ofSeconds(2));
        client.put("/dav/cached", "4567");
        assertThat(client.get("/dav/cached", "If-Modified-Since", date).status())
                .isEqualTo(200);
    }

    @Test
    void aChangeOfAnotherVersionIsRefused() throws Exception {
        String etag = client.put("/dav/lost", "one").header("ETag");
        assertThat(client.put("/dav/lost", "two", "If-Match", etag).status()).isEqualTo(204);
        assertThat(client.put("/dav/lost", "three", "If-Match", etag).status()).isEqualTo(412);
        assertThat(client.put("/dav/lost", "three", "If-Match", "nonsense").status())
                .isEqualTo(412);
        assertThat(client.send("DELETE", "/dav/lost", "If-Match", etag).status())
                .isEqualTo(412);
        assertThat(client.get("/dav/lost").text()).isEqualTo("two");
        assertThat(client.put("/dav/absent", "x", "If-Match", "*").status()).isEqualTo(412);
    }

    @Test
    void aFileIsMadeOnlyOnceIfAsked() throws Exception {
        assertThat(client.put("/dav/once", "one", "If-None-Match", "*").status())
                .isEqualTo(201);
        assertThat(client.put("/dav/once", "two", "If-None-Match", "*").status())
                .isEqualTo(412);
        assertThat(client.get("/dav/once").text()).isEqualTo("one");
    }

    @Test
    void aPartOfAFileCannotBePut() throws Exception {
        client.put("/dav/whole", "0123");
        assertThat(client.put("/dav/whole", "x", "Content-Range", "bytes 0-0/4").status())
                .isEqualTo(400);
        assertThat(client.put("/dav/whole", "x", "Content-Encoding", "gzip").status())
                .isEqualTo(415);
        assertThat(client.get("/dav/whole").text()).isEqualTo("0123");
    }

    @Test
    void aFileNeedsItsFolder() throws Exception {
        assertThat(client.put("/dav/nowhere/file", "x").status()).isEqualTo(409);
        client.put("/dav/notfolder", "x");
        assertThat(client.put("/dav/notfolder/file", "x").status()).isEqualTo(409);
        client.send("MKCOL", "/dav/isfolder");
        assertThat(client.put("/dav/isfolder", "x").status()).isEqualTo(405);
        assertThat(client.put("/dav/", "x").status()).isEqualTo(405);
    }

    @Test
    void anUploadedPageCannotActAsOneOfThisSite() throws Exception {
        client.put("/dav/evil.html", "<script>alert(1)</script>");
        Client.Answer read = client.get("/dav/evil.html");
        assertThat(read.header("Content-Security-Policy")).startsWith("sandbox;");
        assertThat(read.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void aFolderLeadsABrowserToThePage() throws Exception {
        client.send("MKCOL", "/dav/to%20page");
        Client.Answer answer = client.get("/dav/to%20page");
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.header("Location")).isEqualTo("/example.com/acme/#/to%20page/");
    }

    @Test
    void unknownMethodsAreRefused() throws Exception {
        Client.Answer refused = client.sendText("POST", "/dav/x", "y");
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("Allow")).contains("PROPFIND");
    }

    @Test
    void optionsNamesTheClasses() throws Exception {
        Client.Answer options = client.send("OPTIONS", "/dav/");
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("DAV")).isEqualTo("1, 2, 3");
        assertThat(options.header("Allow")).contains("LOCK").contains("PROPPATCH");
    }
}
