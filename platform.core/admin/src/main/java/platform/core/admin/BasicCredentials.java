package platform.core.admin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a client says about itself by HTTP Basic (RFC 7617, UTF-8).
 *
 * @param user up to the first colon
 * @param password what follows; never in {@link #toString()}
 */
record BasicCredentials(String user, String password) {

    private static final String SCHEME = "Basic ";

    /** Empty when the header is missing, of another scheme, or malformed. */
    static Optional<BasicCredentials> of(String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        try {
            byte[] pair = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).trim());
            return split(new String(pair, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static Optional<BasicCredentials> split(String pair) {
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return "BasicCredentials[user=" + user + "]";
    }
}
