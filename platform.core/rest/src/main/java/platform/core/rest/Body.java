package platform.core.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/** The JSON of a request, read before its operation sees it: whole, well-formed and of bounded size. */
final class Body {

    /** Of the request: by what its body is told from another one. */
    static final String ATTRIBUTE = Body.class.getName();

    static final int LONGEST = 1 << 20;

    /** That of a request that has none, or that nobody has read yet. */
    static final Body NONE = new Body(MissingNode.getInstance());

    private static final Pattern SECRET = Pattern.compile("(?i).*(password|passphrase|secret|token|ticket|key|code).*");

    /** In PEM and OpenSSH's form, whatever the property is called that it came in. */
    private static final String PRIVATE_KEY = "PRIVATE KEY-----";

    /** That of an address, which does not belong there. */
    private static final Pattern URL_PASSWORD = Pattern.compile("(?<=://)([^/@:\\s\"]*):[^/@\\s\"]+@");

    private final JsonNode json;

    private Body(JsonNode json) {
        this.json = json;
    }

    /** Reads all of it, also of a request that is refused then: the client goes on with its connection. */
    static byte[] read(ContainerRequestContext context) throws IOException {
        byte[] bytes = context.getEntityStream().readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new ProblemException(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE, "The body is longer than " + LONGEST + " bytes.");
        }
        context.setEntityStream(new ByteArrayInputStream(bytes));
        context.setProperty(ATTRIBUTE, EntityTags.of(bytes).getValue());
        return bytes;
    }

    static Body parse(byte[] bytes, boolean needed) throws IOException {
        JsonNode json = JsonFormat.MAPPER.readTree(bytes);
        if (needed && !json.isObject()) {
            throw ProblemException.invalid("The body has to be a JSON object.");
        }
        if (!needed && !json.isMissingNode()) {
            throw ProblemException.invalid("This operation takes no body.");
        }
        return new Body(json);
    }

    boolean has(String property) {
        return json.has(property);
    }

    /** Its text, as it may be kept. */
    String withoutSecrets() {
        String text = json.isMissingNode() ? "" : hidden(json.deepCopy()).toString();
        return URL_PASSWORD.matcher(text).replaceAll("$1:***@");
    }

    private static JsonNode hidden(JsonNode node) {
        if (node.isTextual() && node.textValue().contains(PRIVATE_KEY)) {
            return TextNode.valueOf("***");
        }
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                boolean secret = SECRET.matcher(property.getKey()).matches();
                property.setValue(secret ? TextNode.valueOf("***") : hidden(property.getValue()));
            }
        } else {
            node.forEach(Body::hidden);
        }
        return node;
    }
}
