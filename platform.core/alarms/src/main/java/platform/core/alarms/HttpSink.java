package platform.core.alarms;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;
import platform.core.api.AlarmSeverity;

/** Tells alarms by HTTP POST, each as one JSON object with the fields of the original platform's Events app. */
final class HttpSink implements AlarmSink {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int SHOWN = 200;
    /** Where the fault codes of apps begin; behind it 16 bits of our code's checksum. */
    private static final long CODES = 0x0024_0000L;
    /** About the message, not about the server or the login. */
    private static final Set<Integer> REFUSALS = Set.of(400, 413, 415, 422);

    private final SinkSpec spec;
    private final Sender sender;
    private final HttpClient client;

    HttpSink(SinkSpec spec, Sender sender) throws IOException {
        this.spec = spec;
        this.sender = sender;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        Trust.of(spec).ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public String tell(List<AlarmEvent> events) throws IOException {
        String answer = "";
        for (AlarmEvent event : events) {
            answer = post(event);
        }
        return answer;
    }

    private String post(AlarmEvent event) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(spec.uri())
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json(event).toString()));
        spec.login().ifPresent(login -> request.header("Authorization", basic(login)));
        try {
            return check(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the server was to answer");
        }
    }

    private static String basic(SinkSpec.Login login) {
        byte[] both = (login.user() + ":" + login.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(both);
    }

    JsonObject json(AlarmEvent event) {
        JsonObject json = new JsonObject();
        boolean isTest = event.kind() == AlarmEvent.Kind.TEST;
        json.addProperty("mt", isTest ? "AddEvent" : "AddAlarm");
        json.addProperty("type", type(event.kind()));
        json.addProperty("severity", severity(event.severity()));
        json.addProperty("code", isTest ? hex(CODES) : code(event.code()));
        json.addProperty("date", event.seconds());
        json.addProperty("host", sender.host());
        json.addProperty("serial", sender.serial());
        json.addProperty("source", event.source());
        json.addProperty("text", event.text());
        json.addProperty("details", event.details());
        return json;
    }

    private static String type(AlarmEvent.Kind kind) {
        return switch (kind) {
            case RAISED -> "alarm";
            case CLEARED -> "clear";
            case TEST -> "error";
        };
    }

    /** 0 is minor, 1 indeterminate, 2 major. */
    private static int severity(AlarmSeverity severity) {
        return switch (severity) {
            case WARNING -> 1;
            case MINOR -> 0;
            case MAJOR, CRITICAL -> 2;
        };
    }

    /** The number of a code: the same each time, and another one for each of ours. */
    static String code(String code) {
        CRC32 sum = new CRC32();
        sum.update(code.getBytes(StandardCharsets.UTF_8));
        return hex(CODES | sum.getValue() & 0xFFFF);
    }

    private static String hex(long code) {
        return String.format("0x%08x", code);
    }

    private String check(HttpResponse<String> response) throws IOException {
        int status = response.statusCode();
        String body = response.body().strip();
        String answer =
                "HTTP " + status + (body.isEmpty() ? "" : ": " + body.substring(0, Math.min(SHOWN, body.length())));
        if (REFUSALS.contains(status) || status / 100 == 2 && hasFailed(body)) {
            throw new RefusedException("The server refused it: " + answer, null);
        }
        if (status / 100 != 2) {
            throw new IOException(advice(status) + ": " + answer);
        }
        return answer;
    }

    private static String advice(int status) {
        return switch (status) {
            case 401, 403 -> "The login is wrong or missing. Check user and password";
            case 404, 405 -> "Nothing takes alarms there. Check the path";
            case 301, 302, 303, 307, 308 -> "It redirects, which is not followed. Give the final address";
            default -> "The server failed. Its log says more";
        };
    }

    /** A receiver with the original's JSON answers {@code {"result": "ok"}} or {@code failed}. */
    private static boolean hasFailed(String body) {
        try {
            JsonElement answer = JsonParser.parseString(body);
            return answer.isJsonObject()
                    && answer.getAsJsonObject().has("result")
                    && answer.getAsJsonObject().get("result").toString().equals("\"failed\"");
        } catch (JsonParseException e) {
            return false; // another receiver, which says it by the status alone
        }
    }
}
