package platform.core.appsocket;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import platform.core.api.AppLogin;
import platform.core.api.AppMessage;

/**
 * What somebody says he is, not yet believed.
 *
 * @param withInfo whether it has {@code info}, if only an empty one: it is hashed then
 * @param challenge what is to be hashed along
 * @param digest what the client has calculated
 */
record LoginRequest(AppLogin login, boolean withInfo, String challenge, String digest) {

    private static final Map<String, Object> NONE = Map.of();

    /**
     * @param challenge the one that the socket was given
     * @throws JsonException when {@code info} is there and no object
     */
    static LoginRequest of(AppMessage message, String challenge) throws JsonException {
        Optional<String> info = JsonReader.slice(message.json(), "info");
        return of(message::text, info, challenge);
    }

    /**
     * @param field gives a field by its name; empty when it is absent
     * @param info as it was sent; empty text is no object, and is hashed all the same
     * @throws JsonException when {@code info} is there and no object
     */
    static LoginRequest of(Function<String, String> field, Optional<String> info, String challenge)
            throws JsonException {
        String text = info.orElse("");
        Map<String, Object> parsed = text.isEmpty() ? NONE : JsonReader.object(text);
        AppLogin login = new AppLogin(
                field.apply("app"),
                field.apply("domain"),
                field.apply("sip"),
                field.apply("guid"),
                field.apply("dn"),
                field.apply("pbxObj"),
                parsed,
                InfoText.canonical(text));
        return new LoginRequest(login, info.isPresent(), challenge, field.apply("digest"));
    }

    /** Whether the digest is what somebody calculates who knows this password. */
    boolean isBy(String password) {
        return Hashes.equal(Hashes.sha256(hashed(password)), digest);
    }

    private String hashed(String password) {
        String who = String.join(":", login.app(), login.domain(), login.sip(), login.guid(), login.dn());
        String info = withInfo ? ":" + login.infoText() : "";
        return who + info + ":" + challenge + ":" + password;
    }

    /**
     * Whether the same digest could have been made for other fields: only colons part them. A user who chooses his own name
     * could otherwise move a border.
     */
    boolean isAmbiguous() {
        boolean colon = (login.app() + login.domain() + login.sip() + login.guid()).contains(":");
        return colon || !withInfo && login.dn().contains(":{");
    }
}
