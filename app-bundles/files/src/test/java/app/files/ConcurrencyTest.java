package app.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many clients at once, more than the pool has connections. */
final class ConcurrencyTest {

    private static final int CLIENTS = 8;

    private static TestServer server;
    private static Client client;
    private static ExecutorService threads;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer(Map.of("quota", "1GB"));
        client = new Client(server);
        threads = Executors.newFixedThreadPool(CLIENTS);
    }

    @AfterAll
    static void stop() throws Exception {
        threads.shutdownNow();
        server.close();
    }

    private static <T> List<T> together(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        for (Future<T> future : threads.invokeAll(tasks)) {
            results.add(future.get());
        }
        return results;
    }

    @Test
    void ofManyThatMakeTheSameFileOneWins() throws Exception {
        List<Callable<Integer>> tasks = IntStream.range(0, CLIENTS)
                .<Callable<Integer>>mapToObj(i -> () ->
                        client.put("/dav/once", "by " + i, "If-None-Match", "*").status())
                .toList();
        assertThat(together(tasks)).containsOnlyOnce(201).containsOnly(201, 412);
    }

    @Test
    void ofManyThatMakeTheSameFolderOneWins() throws Exception {
        List<Callable<Integer>> tasks = IntStream.range(0, CLIENTS)
                .<Callable<Integer>>mapToObj(
                        i -> () -> client.send("MKCOL", "/dav/folder/").status())
                .toList();
        assertThat(together(tasks)).containsOnlyOnce(201).containsOnly(201, 405);
    }

    @Test
    void ofManyThatChangeTheSameVersionOneWins() throws Exception {
        String etag = client.put("/dav/version", "0").header("ETag");
        List<Callable<Integer>> tasks = IntStream.range(0, CLIENTS)
                .<Callable<Integer>>mapToObj(i -> () ->
                        client.put("/dav/version", "by " + i, "If-Match", etag).status())
                .toList();
        assertThat(together(tasks)).containsOnlyOnce(204).containsOnly(204, 412);
    }

    @Test
    void ofManyThatWriteTheSameFileOneIsThereWhole() throws Exception {
        List<Callable<String>> tasks = IntStream.range(0, CLIENTS)
                .<Callable<String>>mapToObj(i -> () -> {
                    String body = Integer.toString(i).repeat(Upload.CHUNK + 1);
                    Client.Answer answer = client.put("/dav/same", body);
                    assertThat(answer.status()).isIn(201, 204);
                    return answer.header("ETag");
                })
                .toList();
        List<String> etags = together(tasks);
        Client.Answer read = client.get("/dav/same");
        assertThat(etags).contains(read.header("ETag"));
        assertThat(read.text().chars().distinct().count()).isEqualTo(1);
        assertThat(read.bytes()).hasSize(Upload.CHUNK + 1);
    }

    @Test
    void whateverComesTogetherTheTreeStaysATree() throws Exception {
        String[] names = {"/dav/t/a", "/dav/t/b", "/dav/t/a/b", "/dav/t/b/a", "/dav/t/a/b/a", "/dav/t/b/a/b"};
        client.send("MKCOL", "/dav/t/");
        List<Callable<Boolean>> tasks = IntStream.range(0, CLIENTS)
                .<Callable<Boolean>>mapToObj(seed -> () -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < 60; i++) {
                        String one = names[random.nextInt(names.length)];
                        String two = names[random.nextInt(names.length)];
                        Client.Answer answer = switch (random.nextInt(6)) {
                            case 0, 1 -> client.send("MKCOL", one);
                            case 2 -> client.put(one + "/" + seed, "12345");
                            case 3 -> client.transfer("COPY", one, two);
                            case 4 -> client.transfer("MOVE", one, two);
                            default -> client.send("DELETE", one + "/" + random.nextInt(CLIENTS));
                        };
                        assertThat(answer.status()).as(answer.toString()).isLessThan(500);
                    }
                    return true;
                })
                .toList();
        together(tasks);
        long reachable = client.send("PROPFIND", "/dav/").elements("href").size();
        assertThat(reachable).isEqualTo(Rows.count(server, "entry"));
        Store store = new Store(server.database.dataSource());
        String used = client.sendText(
                        "PROPFIND",
                        "/dav/",
                        "<propfind xmlns='DAV:'><prop><quota-used-bytes/></prop></propfind>",
                        "Depth",
                        "0")
                .elements("quota-used-bytes")
                .get(0);
        assertThat(used).isEqualTo(Long.toString(store.run(tx -> tx.tree.size())));
        server.executor.runTimers();
        assertThat(Rows.count(server, "content c"))
                .isEqualTo(Rows.count(server, "(SELECT DISTINCT content FROM entry WHERE content IS NOT NULL) e"));
    }
}
