package platform.core.itest;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Chromium without a window, driven by its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final Path profile;
    private final Path netLog;
    private final ProductProcess process;
    private final URI tools;
    private final List<Page> pages = new ArrayList<>();

    /** @param options besides those that every test needs */
    Browser(String... options) {
        profile = Product.newFolder();
        netLog = profile.resolve("net.json");
        List<String> command = new ArrayList<>(List.of(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--ignore-certificate-errors",
                "--user-data-dir=" + profile,
                "--log-net-log=" + netLog,
                "--remote-debugging-port=0"));
        command.addAll(List.of(options));
        command.add("about:blank");
        process = ProductProcess.start(new ProcessBuilder(command));
        tools = URI.create("http://127.0.0.1:" + port());
    }

    private String port() {
        Path file = profile.resolve("DevToolsActivePort");
        ProductWait.until(
                "chromium is up",
                BOUND,
                () -> Files.exists(file) && ProductFiles.text(file).contains("\n"));
        return ProductFiles.text(file).lines().findFirst().orElseThrow();
    }

    /** Opens a page and waits until it has loaded. */
    Page open(URI uri) {
        return await(newPage(uri.toString()), uri);
    }

    /** Opens a page that asks for a password, as a browser that knows it. */
    Page open(URI uri, String user, String password) {
        Page page = newPage("about:blank");
        page.call("Log.enable", new JsonObject());
        page.call("Network.enable", new JsonObject());
        JsonObject headers = new JsonObject();
        headers.addProperty("Authorization", ProductHttp.basic(user, password));
        page.call("Network.setExtraHTTPHeaders", parameter("headers", headers));
        page.call("Page.navigate", parameter("url", new JsonPrimitive(uri.toString())));
        return await(page, uri);
    }

    private static JsonObject parameter(String name, JsonElement value) {
        JsonObject parameters = new JsonObject();
        parameters.add(name, value);
        return parameters;
    }

    private Page newPage(String address) {
        var made = ProductHttp.send(
                ProductHttp.request(tools.resolve("/json/new?" + address)).PUT(BodyPublishers.noBody()));
        JsonObject target = JsonParser.parseString(made.body()).getAsJsonObject();
        Page page = new Page(URI.create(target.get("webSocketDebuggerUrl").getAsString()));
        pages.add(page);
        return page;
    }

    private static Page await(Page page, URI uri) {
        ProductWait.until(
                uri + " is loaded",
                BOUND,
                () -> page.evaluate("location.href === '" + uri + "' && document.readyState === 'complete'")
                        .getAsBoolean());
        return page;
    }

    /** Ends the browser. @return what it has noted of its network traffic */
    String end() {
        pages.get(0).call("Browser.close", new JsonObject());
        process.finish(BOUND);
        return ProductFiles.text(netLog);
    }

    @Override
    public void close() {
        if (process.process().isAlive()) {
            process.process().descendants().forEach(ProcessHandle::destroy);
            process.process().destroy();
            process.finish(BOUND);
        }
        try {
            // Chromium's helpers may still tidy up.
            ProductWait.until("the profile is deleted", BOUND, this::deleteProfile);
        } finally {
            pages.clear();
        }
    }

    private boolean deleteProfile() {
        try {
            ProductFiles.delete(profile);
        } catch (UncheckedIOException e) {
            return false;
        }
        return !Files.exists(profile);
    }

    /** A page, and the connection by which it is driven. */
    static final class Page implements WebSocket.Listener {

        private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final StringBuilder message = new StringBuilder();
        private final WebSocket socket;
        private int calls;

        private Page(URI uri) {
            socket = ProductHttp.CLIENT
                    .newWebSocketBuilder()
                    .buildAsync(uri, this)
                    .orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS)
                    .join();
        }

        /** What the browser has noted against it: errors, and what its policy forbids. */
        List<String> complaints() {
            return complaints;
        }

        /** The value of an expression, or of the promise that it gives. */
        JsonElement evaluate(String expression) {
            JsonObject parameters = new JsonObject();
            parameters.addProperty("expression", expression);
            parameters.addProperty("awaitPromise", true);
            parameters.addProperty("returnByValue", true);
            JsonObject answer = call("Runtime.evaluate", parameters);
            if (answer.has("error") || answer.getAsJsonObject("result").has("exceptionDetails")) {
                throw new AssertionError(expression + " failed: " + answer);
            }
            return answer.getAsJsonObject("result").getAsJsonObject("result").get("value");
        }

        private JsonObject call(String method, JsonObject parameters) {
            int id = ++calls;
            CompletableFuture<JsonObject> answer = new CompletableFuture<>();
            answers.put(id, answer);
            JsonObject call = new JsonObject();
            call.addProperty("id", id);
            call.addProperty("method", method);
            call.add("params", parameters);
            socket.sendText(call.toString(), true).join();
            return answer.orTimeout(BOUND.toSeconds(), TimeUnit.SECONDS).join();
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
                JsonObject whole = JsonParser.parseString(message.toString()).getAsJsonObject();
                message.setLength(0);
                if (whole.has("id")) {
                    answers.remove(whole.get("id").getAsInt()).complete(whole);
                } else if (whole.get("method").getAsString().equals("Log.entryAdded")) {
                    complaints.add(whole.get("params").toString());
                }
            }
            from.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            answers.values().forEach(answer -> answer.completeExceptionally(error));
        }
    }
}
