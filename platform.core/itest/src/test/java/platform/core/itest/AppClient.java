package platform.core.itest;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** The login of an app socket, as a client calculates it. */
final class AppClient {

    private static final String NO_GUID = "0".repeat(32);

    private AppClient() {}

    /** Logs a socket in. @return the answer */
    static JsonObject login(ProductSocket socket, String app, String password) {
        String challenge =
                ask(socket, "{\"mt\":\"AppChallenge\"}").get("challenge").getAsString();
        return ask(socket, json(passwordLogin(app, challenge, password)));
    }

    static JsonObject ask(ProductSocket socket, String message) {
        return JsonParser.parseString(socket.send(message).receive()).getAsJsonObject();
    }

    /** The fields of a login by password. */
    static Map<String, String> passwordLogin(String app, String challenge, String password) {
        String digest = sha256(String.join(":", app, "", app, NO_GUID, "Admin", challenge, password));
        return Map.of("mt", "AppLogin", "app", app, "sip", app, "guid", NO_GUID, "dn", "Admin", "digest", digest);
    }

    private static String json(Map<String, String> fields) {
        JsonObject message = new JsonObject();
        fields.forEach(message::addProperty);
        return message.toString();
    }

    static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
