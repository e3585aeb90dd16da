package platform.core.admin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.Request;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import com.nimbusds.openid.connect.sdk.LogoutRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import platform.core.api.PlatformException;

/**
 * An identity provider as OpenID Connect Core 1.0 knows it: its code flow with PKCE (RFC 7636). Its keys are asked for anew when a token
 * names one that is not known. No answer is waited for longer than {@value #MILLISECONDS} ms.
 */
final class OidcProvider {

    private static final int MILLISECONDS = 5_000;
    private static final int LARGEST = 1 << 20;
    private static final Duration SKEW = Duration.ofSeconds(30);

    /** Signed with a key that the provider alone has: neither {@code none} nor the client's secret is enough. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private final OidcSettings settings;
    private final OIDCProviderMetadata metadata;
    private final IDTokenValidator validator;

    private OidcProvider(OidcSettings settings, OIDCProviderMetadata metadata) throws MalformedURLException {
        this.settings = settings;
        this.metadata = metadata;
        JWKSource<SecurityContext> keys = JWKSourceBuilder.create(
                        metadata.getJWKSetURI().toURL(),
                        new DefaultResourceRetriever(MILLISECONDS, MILLISECONDS, LARGEST))
                // It would keep a thread that nobody ends.
                .refreshAheadCache(false)
                .build();
        this.validator = new IDTokenValidator(
                metadata.getIssuer(),
                new ClientID(settings.client()),
                new JWSVerificationKeySelector<>(ALGORITHMS, keys),
                null);
        validator.setMaxClockSkew((int) SKEW.toSeconds());
    }

    /**
     * Asks the provider who it is (OpenID Connect Discovery 1.0).
     *
     * @throws PlatformException when it cannot be reached, calls itself by another name, or has an address that others can listen to
     */
    static OidcProvider discover(OidcSettings settings) {
        try {
            OIDCProviderMetadata metadata =
                    OIDCProviderMetadata.resolve(new Issuer(settings.issuer()), OidcProvider::limit);
            requireSecure(metadata);
            return new OidcProvider(settings, metadata);
        } catch (IOException | GeneralException e) {
            throw unreachable(settings, e);
        }
    }

    private static void requireSecure(OIDCProviderMetadata metadata) {
        Stream.of(
                        metadata.getAuthorizationEndpointURI(),
                        metadata.getTokenEndpointURI(),
                        metadata.getJWKSetURI(),
                        metadata.getUserInfoEndpointURI())
                .filter(uri -> uri != null && !OidcSettings.isSecure(uri))
                .findFirst()
                .ifPresent(uri -> {
                    throw PlatformException.failed(
                            "The identity provider has the address " + uri + ", which others can listen to.", null);
                });
    }

    private static PlatformException unreachable(OidcSettings settings, Exception cause) {
        return PlatformException.failed(
                "The identity provider " + settings.issuer() + " cannot be asked: " + cause.getMessage()
                        + ". Log in with a password meanwhile.",
                cause);
    }

    private static void limit(HTTPRequest request) {
        request.setConnectTimeout(MILLISECONDS);
        request.setReadTimeout(MILLISECONDS);
        request.setFollowRedirects(false);
    }

    private static HTTPResponse send(Request request) throws IOException {
        HTTPRequest http = request.toHTTPRequest();
        limit(http);
        return http.send();
    }

    OidcSettings settings() {
        return settings;
    }

    /**
     * What it says of who has logged in.
     *
     * @param idToken as it came, by which the provider knows this login again
     */
    record Answer(Map<String, Object> claims, String idToken) {}

    /**
     * Where to send the browser of who logs out (OpenID Connect RP-Initiated Logout 1.0); empty when the provider does not offer that,
     * or at an address that others can listen to.
     */
    Optional<URI> logout(String idToken) {
        return Optional.ofNullable(metadata.getEndSessionEndpointURI())
                .filter(OidcSettings::isSecure)
                .map(endpoint -> new LogoutRequest(endpoint, parsed(idToken), settings.afterLogout(), null).toURI());
    }

    private static JWT parsed(String idToken) {
        try {
            return JWTParser.parse(idToken);
        } catch (java.text.ParseException e) {
            throw new IllegalStateException("An ID token that was believed cannot be read", e);
        }
    }

    /** Where to send the browser. */
    URI request(LoginAttempt attempt) {
        Scope scope = new Scope("openid");
        settings.scopes().forEach(scope::add);
        return new AuthenticationRequest.Builder(
                        ResponseType.CODE, scope, new ClientID(settings.client()), settings.callback())
                .endpointURI(metadata.getAuthorizationEndpointURI())
                .state(new State(attempt.state()))
                .nonce(new Nonce(attempt.nonce()))
                .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256)
                .build()
                .toURI();
    }

    /**
     * What the provider says of who has logged in.
     *
     * @param answer the query that a browser has brought
     * @throws PlatformException DENIED when the provider has refused, or what it says is not to be believed; FAILED when it cannot
     *     be asked
     */
    Answer answer(LoginAttempt attempt, String answer) {
        try {
            AuthenticationResponse response =
                    AuthenticationResponseParser.parse(URI.create(settings.callback() + "?" + answer));
            if (!response.indicatesSuccess()) {
                throw denied(response.toErrorResponse().getErrorObject().getCode(), null);
            }
            requireIssuer(response.getIssuer());
            OIDCTokens tokens = redeem(attempt, response.toSuccessResponse().getAuthorizationCode());
            Map<String, Object> claims = validator
                    .validate(tokens.getIDToken(), new Nonce(attempt.nonce()))
                    .toJSONObject();
            return new Answer(completed(claims, tokens), tokens.getIDTokenString());
        } catch (IOException | KeySourceException e) {
            throw unreachable(settings, e);
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException e) {
            throw denied(e.getMessage(), e);
        }
    }

    /** Another provider's answer could make us send its code to this one, or this one's to it (RFC 9207). */
    private void requireIssuer(Issuer said) {
        boolean right =
                said == null ? !metadata.supportsAuthorizationResponseIssuerParam() : said.equals(metadata.getIssuer());
        if (!right) {
            throw denied("another provider has answered: " + said, null);
        }
    }

    private OIDCTokens redeem(LoginAttempt attempt, AuthorizationCode code) throws IOException, ParseException {
        AuthorizationCodeGrant grant =
                new AuthorizationCodeGrant(code, settings.callback(), new CodeVerifier(attempt.verifier()));
        ClientID client = new ClientID(settings.client());
        URI endpoint = metadata.getTokenEndpointURI();
        TokenRequest request = settings.secret()
                .map(it -> new TokenRequest.Builder(endpoint, authentication(client, new Secret(it)), grant))
                .orElseGet(() -> new TokenRequest.Builder(endpoint, client, grant))
                .build();
        TokenResponse response = OIDCTokenResponseParser.parse(send(request));
        if (!response.indicatesSuccess()) {
            throw denied(response.toErrorResponse().getErrorObject().getCode(), null);
        }
        OIDCTokens tokens = ((OIDCTokenResponse) response.toSuccessResponse()).getOIDCTokens();
        if (tokens.getIDToken() == null) {
            throw denied("it has no ID token", null);
        }
        return tokens;
    }

    /** By HTTP Basic, which is what holds where a provider does not say otherwise (OpenID Connect Discovery 1.0, 3). */
    private ClientAuthentication authentication(ClientID client, Secret secret) {
        List<ClientAuthenticationMethod> methods = metadata.getTokenEndpointAuthMethods();
        return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                ? new ClientSecretBasic(client, secret)
                : new ClientSecretPost(client, secret);
    }

    /** Many providers tell groups and names at their UserInfo endpoint only (OpenID Connect Core 1.0, 5.3). */
    private Map<String, Object> completed(Map<String, Object> claims, OIDCTokens tokens)
            throws IOException, ParseException {
        boolean whole = OidcLogin.claim(claims, settings.nameClaim()) != null
                && OidcLogin.claim(claims, settings.roleClaim()) != null;
        URI endpoint = metadata.getUserInfoEndpointURI();
        if (whole || endpoint == null) {
            return claims;
        }
        UserInfoResponse response =
                UserInfoResponse.parse(send(new UserInfoRequest(endpoint, tokens.getAccessToken())));
        UserInfo more =
                response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
        if (more == null || !more.getSubject().getValue().equals(claims.get("sub"))) {
            throw denied("it says nothing of the user", null);
        }
        Map<String, Object> all = new HashMap<>(more.toJSONObject());
        all.putAll(claims);
        return all;
    }

    private static PlatformException denied(String reason, Exception cause) {
        return new PlatformException(
                PlatformException.Kind.DENIED,
                "The identity provider's answer is not accepted: " + reason + ".",
                cause);
    }
}
