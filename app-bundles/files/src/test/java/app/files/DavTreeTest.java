package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** MKCOL, DELETE, COPY, MOVE and PROPFIND over the tree. */
final class DavTreeTest {

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

    private static void tree(String root) throws Exception {
        client.send("MKCOL", root + "/");
        client.send("MKCOL", root + "/sub/");
        client.put(root + "/one", "1");
        client.put(root + "/sub/two", "2");
    }

    @Test
    void aFolderIsMadeOnceAndInAFolder() throws Exception {
        assertThat(client.send("MKCOL", "/dav/made/").status()).isEqualTo(201);
        assertThat(client.send("MKCOL", "/dav/made").status()).isEqualTo(405);
        assertThat(client.send("MKCOL", "/dav/none/made/").status()).isEqualTo(409);
        assertThat(client.sendText("MKCOL", "/dav/body/", "<x/>").status()).isEqualTo(415);
        assertThat(client.send("MKCOL", "/dav/").status()).isEqualTo(405);
    }

    @Test
    void aFolderIsDeletedWithAllBelowIt() throws Exception {
        tree("/dav/gone");
        assertThat(client.send("DELETE", "/dav/gone/", "Depth", "0").status()).isEqualTo(400);
        assertThat(client.send("DELETE", "/dav/gone/").status()).isEqualTo(204);
        assertThat(client.get("/dav/gone/sub/two").status()).isEqualTo(404);
        assertThat(client.send("DELETE", "/dav/gone/").status()).isEqualTo(404);
        assertThat(client.send("DELETE", "/dav/").status()).isEqualTo(403);
    }

    @Test
    void aCopyIsDeepAndStaysWhenItsSourceChanges() throws Exception {
        tree("/dav/source");
        assertThat(client.transfer("COPY", "/dav/source/", "/dav/copy/").status())
                .isEqualTo(201);
        client.put("/dav/source/sub/two", "changed");
        client.send("DELETE", "/dav/source/one");
        assertThat(client.get("/dav/copy/sub/two").text()).isEqualTo("2");
        assertThat(client.get("/dav/copy/one").text()).isEqualTo("1");
    }

    @Test
    void aCopyOfDepthZeroIsTheFolderAlone() throws Exception {
        tree("/dav/full");
        assertThat(client.transfer("COPY", "/dav/full/", "/dav/alone/", "Depth", "0")
                        .status())
                .isEqualTo(201);
        assertThat(client.send("PROPFIND", "/dav/alone/", "Depth", "1").elements("href"))
                .containsExactly("/example.com/acme/dav/alone/");
        assertThat(client.transfer("COPY", "/dav/full/", "/dav/x/", "Depth", "1")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aMoveTakesEverythingAlong() throws Exception {
        tree("/dav/from");
        client.send("MKCOL", "/dav/into/");
        assertThat(client.transfer("MOVE", "/dav/from/", "/dav/into/to/").status())
                .isEqualTo(201);
        assertThat(client.get("/dav/into/to/sub/two").text()).isEqualTo("2");
        assertThat(client.get("/dav/from/sub/two").status()).isEqualTo(404);
    }

    @Test
    void whatIsThereIsReplacedOnlyIfAllowed() throws Exception {
        tree("/dav/old");
        client.put("/dav/new", "new");
        assertThat(client.transfer("COPY", "/dav/new", "/dav/old/", "Overwrite", "F")
                        .status())
                .isEqualTo(412);
        assertThat(client.get("/dav/old/one").text()).isEqualTo("1");
        assertThat(client.transfer("MOVE", "/dav/new", "/dav/old").status()).isEqualTo(204);
        assertThat(client.get("/dav/old").text()).isEqualTo("new");
    }

    @Test
    void nothingIsCopiedOrMovedIntoItselfOrOverItsParent() throws Exception {
        tree("/dav/self");
        for (String method : new String[] {"COPY", "MOVE"}) {
            assertThat(client.transfer(method, "/dav/self/", "/dav/self/").status())
                    .isEqualTo(403);
            assertThat(client.transfer(method, "/dav/self/", "/dav/self/sub/self/")
                            .status())
                    .isEqualTo(403);
            assertThat(client.transfer(method, "/dav/self/sub/", "/dav/self/").status())
                    .isEqualTo(403);
            assertThat(client.transfer(method, "/dav/self/", "/dav/").status()).isEqualTo(403);
        }
        assertThat(client.get("/dav/self/sub/two").text()).isEqualTo("2");
    }

    @Test
    void aDestinationNeedsItsFolder() throws Exception {
        client.put("/dav/file", "x");
        assertThat(client.transfer("COPY", "/dav/file", "/dav/missing/file").status())
                .isEqualTo(409);
        assertThat(client.transfer("MOVE", "/dav/file", "/dav/missing/file").status())
                .isEqualTo(409);
        assertThat(client.transfer("COPY", "/dav/absent", "/dav/file2").status())
                .isEqualTo(404);
        assertThat(client.send("COPY", "/dav/file").status()).isEqualTo(400);
    }

    @Test
    void aRequestWithoutHostHeaderMayNameItsServer() throws Exception {
        client.put("/dav/unnamed", "x");
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            String request = "MOVE /example.com/acme/dav/unnamed HTTP/1.0\r\nAuthorization: " + Client.AUTHORIZATION
                    + "\r\nOrigin: http://127.0.0.1:" + server.port() + "\r\nDestination: "
                    + server.uri("/dav/named") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains(" 201 ");
        }
    }

    @Test
    void propfindReachesAsDeepAsAsked() throws Exception {
        tree("/dav/deep");
        String base = "/example.com/acme/dav/deep/";
        assertThat(client.send("PROPFIND", "/dav/deep", "Depth", "0").elements("href"))
                .containsExactly(base);
        assertThat(client.send("PROPFIND", "/dav/deep", "Depth", "1").elements("href"))
                .containsExactly(base, base + "one", base + "sub/");
        assertThat(client.send("PROPFIND", "/dav/deep").elements("href"))
                .containsExactly(base, base + "one", base + "sub/", base + "sub/two");
        assertThat(client.send("PROPFIND", "/dav/deep", "Depth", "2").status()).isEqualTo(400);
        assertThat(client.send("PROPFIND", "/dav/missing", "Depth", "0").status())
                .isEqualTo(404);
    }

    @Test
    void aFolderOfManyEntriesIsListedWhole() throws Exception {
        client.send("MKCOL", "/dav/many/");
        Store store = new Store(server.database.dataSource());
        long folder = store.run(tx -> tx.tree.locate(new DavPath(List.of("many"))))
                .require()
                .id();
        for (int i = 0; i < 1203; i++) {
            String name = "file " + i;
            store.run(tx -> tx.tree.addFolder(folder, name, server.clock.instant()));
        }
        assertThat(client.send("PROPFIND", "/dav/many/", "Depth", "1").elements("href"))
                .hasSize(1204)
                .doesNotHaveDuplicates();
    }
}
