package platform.core.admin;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import platform.core.api.PlatformException;

/**
 * How somebody logs in at an identity provider.
 *
 * @param secret of the client; never in {@link #toString()}
 * @param callback where the provider sends the browser of who has logged in
 * @param afterLogout where it sends that of who has logged out
 */
record OidcSettings(
        URI issuer,
        String client,
        Optional<String> secret,
        URI callback,
        URI afterLogout,
        List<String> scopes,
        String nameClaim,
        String roleClaim,
        List<RoleMapping> roles) {

    static final String CALLBACK = LoginServlet.PATH + "/callback";

    private static final String FILE = " in etc/platform.core.admin.oidc.cfg";

    /**
     * @throws PlatformException INVALID with what is wrong, and where
     */
    static OidcSettings of(OidcConfig config) {
        if (config.client_id().isBlank()) {
            throw PlatformException.invalid("client.id" + FILE + " is empty: give the name that the provider knows.");
        }
        String address = withoutEnd(secure("address", config.address()).toString());
        return new OidcSettings(
                secure("issuer", config.issuer()),
                config.client_id(),
                Optional.of(config.client_secret()).filter(Predicate.not(String::isBlank)),
                URI.create(address + CALLBACK),
                URI.create(address + LoginServlet.ENDED),
                List.of(config.scopes().strip().split("\\s+")),
                config.claim_name(),
                config.claim_role(),
                RoleMapping.parse(config.roles()));
    }

    /** An address without slashes at its end. */
    static String withoutEnd(String address) {
        return address.replaceFirst("/+$", "");
    }

    private static URI secure(String setting, String text) {
        try {
            URI uri = new URI(text);
            if (isSecure(uri)) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw PlatformException.invalid(setting + FILE + " is no address: " + e.getMessage());
        }
        throw PlatformException.invalid(
                setting + FILE + " gives '" + text + "': it has to be an address with https, or one of this machine.");
    }

    /** Whether nobody can listen to, or change, what is sent there. */
    static boolean isSecure(URI uri) {
        boolean here = List.of("localhost", "127.0.0.1", "[::1]").contains(String.valueOf(uri.getHost()));
        return uri.getHost() != null && ("https".equals(uri.getScheme()) || here && "http".equals(uri.getScheme()));
    }

    @Override
    public String toString() {
        return "OidcSettings[issuer=" + issuer + ", client=" + client + "]";
    }
}
