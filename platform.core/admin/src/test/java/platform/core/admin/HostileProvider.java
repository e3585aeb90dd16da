package platform.core.admin;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import jakarta.servlet.http.Cookie;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/** An identity provider that does what a real one does not. */
final class HostileProvider implements AutoCloseable {

    private final HttpServer server;
    private RSAKey key = newKey();
    private String how = "";
    volatile String subjectOfUserInfo = "17";
    volatile Boolean emailVerified = true;
    volatile int statusOfDiscovery = 200;
    /** What the answer to the discovery waits for. */
    volatile CountDownLatch silence = new CountDownLatch(0);

    private String nonce;

    HostileProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/.well-known/openid-configuration", this::discovery);
        answer("/keys", () -> new JWKSet(key.toPublicJWK()).toString());
        answer(
                "/token",
                () -> how.equals("no token")
                        ? "{\"access_token\": \"x\", \"token_type\": \"Bearer\"}"
                        : "{\"access_token\": \"x\", \"token_type\": \"Bearer\", \"id_token\": \"" + token().serialize()
                                + "\"}");
        answer("/userinfo", () -> "{\"sub\": \"" + subjectOfUserInfo + "\", \"groups\": [\"admins\"], \"iss\": \"x\"}");
        server.start();
    }

    private interface Body {
        String text() throws JOSEException, InterruptedException;
    }

    private String discovery() throws InterruptedException {
        silence.await();
        return """
                {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                 "jwks_uri": "%1$s/keys", "userinfo_endpoint": "%1$s/userinfo", "subject_types_supported": ["public"],
                 "response_types_supported": ["code"], "id_token_signing_alg_values_supported": ["RS256", "none"]}
                """.formatted(issuer());
    }

    private void answer(String path, Body body) {
        server.createContext(path, exchange -> {
            try (OutputStream out = exchange.getResponseBody()) {
                byte[] json = body.text().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(path.startsWith("/.well-known") ? statusOfDiscovery : 200, json.length);
                out.write(json);
            } catch (JOSEException | InterruptedException e) {
                throw new IllegalStateException("The test cannot sign a token", e);
            }
        });
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("The test cannot make a key", e);
        }
    }

    URI issuer() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void changeKey() {
        key = newKey();
    }

    /** {@code none}; {@code HS256} with the public key as the secret; {@code another key}; {@code no token}; {@code without groups}. */
    void sign(String way) {
        how = way;
    }

    private JWT token() throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer().toString())
                .subject("17")
                .audience("platform")
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .claim("nonce", nonce)
                .claim("preferred_username", "anna")
                .claim("email", "anna@example.com")
                .claim("email_verified", emailVerified)
                .claim("groups", how.equals("without groups") ? null : List.of("admins"))
                .build();
        return switch (how) {
            case "none" -> new PlainJWT(claims);
            case "HS256" ->
                signed(JWSAlgorithm.HS256, new MACSigner(key.toRSAPublicKey().getEncoded()), claims);
            case "another key" -> signed(JWSAlgorithm.RS256, new RSASSASigner(newKey()), claims);
            default -> signed(JWSAlgorithm.RS256, new RSASSASigner(key), claims);
        };
    }

    private JWT signed(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(algorithm).keyID(key.getKeyID()).build(), claims);
        token.sign(signer);
        return token;
    }

    /** Logs in there, as a browser that is sent there and at once back; the status of the last answer. */
    int login(LoginServlet servlet) throws IOException {
        Exchange sent = new Exchange().below("/provider");
        servlet.doGet(sent.request(), sent.response());
        String location = sent.headers.get("Location");
        nonce = parameter(location, "nonce");
        Exchange back = new Exchange().below("/callback");
        back.query = "code=x&state=" + parameter(location, "state");
        back.parameters.put("state", parameter(location, "state"));
        String cookie = sent.headers.get("Set-Cookie");
        back.cookies.add(
                new Cookie(Cookies.LOGIN.name(), cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'))));
        servlet.doGet(back.request(), back.response());
        return back.status;
    }

    private static String parameter(String uri, String name) {
        String rest = uri.substring(uri.indexOf(name + "=") + name.length() + 1);
        return rest.substring(0, rest.contains("&") ? rest.indexOf('&') : rest.length());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
