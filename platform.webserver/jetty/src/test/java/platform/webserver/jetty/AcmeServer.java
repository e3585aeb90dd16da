package platform.webserver.jetty;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/**
 * A certificate authority after RFC 8555, as small as that allows: it verifies each signature and nonce, fetches the answer
 * to HTTP-01 by HTTP from a port that it is told, and signs what the CSR asks for. It can be told to misbehave.
 */
public final class AcmeServer implements AutoCloseable {

    /** How many requests are refused for their nonce, however good that is. */
    final AtomicInteger badNonces = new AtomicInteger();

    /** Until when orders are refused. */
    volatile Instant limitedUntil = Instant.MIN;
    /** A problem that new orders are answered with. */
    volatile String orderProblem = "";
    /** Whether the certificate is refused at last. */
    volatile boolean finalizeFails;
    /** How many orders have been made. */
    public final AtomicInteger orders = new AtomicInteger();
    /** The accounts by their URL. */
    public final Map<String, PublicJsonWebKey> accounts = new ConcurrentHashMap<>();
    /** The contacts of the last new account. */
    volatile List<String> contacts = List.of();
    /** What went wrong in here. */
    public final List<String> faults = new ArrayList<>();

    private final TestCertificate root = authority("Test Root", null);
    private final TestCertificate intermediate = authority("Test Intermediate", root);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    private final Map<String, TestOrder> all = new ConcurrentHashMap<>();
    private final HttpsServer server;
    private final int httpPort;
    private final Clock clock;

    /**
     * @param httpPort where the hosts' port 80 leads to
     * @param clock by which certificates are dated
     */
    public AcmeServer(int httpPort, Clock clock) throws IOException {
        this.httpPort = httpPort;
        this.clock = clock;
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("localhost"), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls()));
        server.setExecutor(executor);
        server.createContext("/", this::answer);
        server.start();
    }

    private static TestCertificate authority(String name, TestCertificate issuer) {
        return lasting(new TestCertificate.Builder(name)).authority().issuedBy(issuer);
    }

    private static TestCertificate.Builder lasting(TestCertificate.Builder builder) {
        return builder.valid(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z"));
    }

    private SSLContext tls() {
        TestCertificate own = lasting(new TestCertificate.Builder("localhost").names("localhost"))
                .issuedBy(root);
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "1", own.keys.getPrivate(), new char[0], own.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Writes what vouches for this authority. */
    public Path writeRoot(Path file) throws IOException {
        return Files.writeString(file, root.pem());
    }

    /** Where a client begins. */
    public URI directory() {
        return URI.create(url("/directory"));
    }

    private String url(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    /** An order for one name, with its only authorization and challenge. */
    private static final class TestOrder {
        final String number;
        final String host;
        final String token = UUID.randomUUID().toString();
        final PublicJsonWebKey account;
        /** Pending, processing, then valid or invalid. */
        volatile String proof = "pending";

        volatile String outcome = "";
        volatile Map<String, Object> error;
        volatile String certificate;
        volatile boolean looked;

        TestOrder(String number, String host, PublicJsonWebKey account) {
            this.number = number;
            this.host = host;
            this.account = account;
        }
    }

    /** A request that is answered with a problem document (RFC 7807). */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String type;

        Refusal(int status, String type, String detail) {
            super(detail);
            this.status = status;
            this.type = type;
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Replay-Nonce", nonce());
            try {
                dispatch(exchange);
            } catch (Refusal e) {
                refuse(exchange, e);
            } catch (JoseException | GeneralSecurityException | PKCSException | OperatorCreationException e) {
                refuse(exchange, new Refusal(400, "malformed", e.toString()));
            } catch (RuntimeException e) {
                faults.add(exchange.getRequestURI() + ": " + e);
                throw e;
            }
        }
    }

    private String nonce() {
        String nonce = UUID.randomUUID().toString();
        nonces.add(nonce);
        return nonce;
    }

    private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
        Map<String, Object> problem = problem(refusal.type, refusal.getMessage());
        reply(exchange, refusal.status, "application/problem+json", JsonUtil.toJson(problem));
    }

    private static Map<String, Object> problem(String type, String detail) {
        return new TreeMap<>(Map.of("type", "urn:ietf:params:acme:error:" + type, "detail", detail));
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void reply(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        reply(exchange, status, "application/json", JsonUtil.toJson(body));
    }

    private void dispatch(HttpExchange exchange)
            throws IOException, Refusal, JoseException, GeneralSecurityException, PKCSException,
                    OperatorCreationException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
        if (path[0].equals("directory")) {
            reply(exchange, 200, directoryObject());
            return;
        }
        if (path[0].equals("nonce")) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        JsonWebSignature jws = verified(exchange);
        switch (path[0]) {
            case "account" -> account(exchange, jws);
            case "order" -> {
                if (path.length == 1) {
                    order(exchange, jws);
                } else {
                    reply(exchange, 200, order(all.get(path[1])));
                }
            }
            case "authz" -> reply(exchange, 200, authorization(all.get(path[1])));
            case "challenge" -> challenge(exchange, jws, all.get(path[1]));
            case "finalize" -> complete(exchange, jws, all.get(path[1]));
            case "certificate" ->
                reply(exchange, 200, "application/pem-certificate-chain", all.get(path[1]).certificate);
            default -> throw new Refusal(404, "malformed", "no such resource");
        }
    }

    private Map<String, Object> directoryObject() {
        return Map.of(
                "newNonce", url("/nonce"),
                "newAccount", url("/account"),
                "newOrder", url("/order"),
                "meta", Map.of("termsOfService", url("/terms")));
    }

    /** The signed request (RFC 8555 section 6.2), or a refusal. */
    private JsonWebSignature verified(HttpExchange exchange) throws IOException, Refusal, JoseException {
        if (!"application/jose+json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
            throw new Refusal(415, "malformed", "the content type is not application/jose+json");
        }
        Map<String, Object> body =
                JsonUtil.parseJson(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        JsonWebSignature jws = new JsonWebSignature();
        jws.setCompactSerialization(body.get("protected") + "." + body.get("payload") + "." + body.get("signature"));
        PublicJsonWebKey key = key(jws);
        jws.setKey(key.getPublicKey());
        if (!jws.verifySignature()) {
            throw new Refusal(400, "malformed", "the signature is wrong");
        }
        if (!url(exchange.getRequestURI().getPath()).equals(jws.getHeader("url"))) {
            throw new Refusal(401, "unauthorized", "signed for another url");
        }
        boolean known = nonces.remove(jws.getHeader("nonce"));
        if (!known || badNonces.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new Refusal(400, "badNonce", "the nonce is not known");
        }
        return jws;
    }

    private PublicJsonWebKey key(JsonWebSignature jws) throws Refusal, JoseException {
        String account = jws.getHeader("kid");
        if (account == null) {
            return jws.getHeaders().getPublicJwkHeaderValue("jwk", null);
        }
        PublicJsonWebKey key = accounts.get(account);
        if (key == null) {
            throw new Refusal(400, "accountDoesNotExist", "no account " + account);
        }
        return key;
    }

    private static Map<String, Object> payload(JsonWebSignature jws) throws JoseException {
        return JsonUtil.parseJson(jws.getPayload());
    }

    private void account(HttpExchange exchange, JsonWebSignature jws) throws IOException, Refusal, JoseException {
        Map<String, Object> wanted = payload(jws);
        if (!Boolean.TRUE.equals(wanted.get("termsOfServiceAgreed"))) {
            throw new Refusal(403, "userActionRequired", "the terms are not agreed to");
        }
        PublicJsonWebKey key = key(jws);
        String url = url("/account/" + key.calculateBase64urlEncodedThumbprint("SHA-256"));
        boolean fresh = accounts.put(url, key) == null;
        contacts = strings(wanted.get("contact"));
        exchange.getResponseHeaders().set("Location", url);
        reply(exchange, fresh ? 201 : 200, Map.of("status", "valid"));
    }

    private static List<String> strings(Object list) {
        return list instanceof List<?> items
                ? items.stream().map(Object::toString).toList()
                : List.of();
    }

    private void order(HttpExchange exchange, JsonWebSignature jws) throws IOException, Refusal, JoseException {
        if (clock.instant().isBefore(limitedUntil)) {
            exchange.getResponseHeaders().set("Retry-After", httpDate(limitedUntil));
            throw new Refusal(429, "rateLimited", "too many certificates already issued.");
        }
        if (!orderProblem.isEmpty()) {
            throw new Refusal(400, orderProblem, "no order of yours");
        }
        Map<?, ?> identifier = (Map<?, ?>) ((List<?>) payload(jws).get("identifiers")).get(0);
        TestOrder order = new TestOrder(
                String.valueOf(orders.incrementAndGet()),
                identifier.get("value").toString(),
                key(jws));
        all.put(order.number, order);
        exchange.getResponseHeaders().set("Location", url("/order/" + order.number));
        reply(exchange, 201, order(order));
    }

    private static String httpDate(Instant time) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(ZoneOffset.UTC));
    }

    private Map<String, Object> order(TestOrder order) {
        Map<String, Object> json = new TreeMap<>(Map.of(
                "identifiers", List.of(identifier(order)),
                "authorizations", List.of(url("/authz/" + order.number)),
                "finalize", url("/finalize/" + order.number)));
        boolean proven = order.proof.equals("valid");
        if (order.outcome.isEmpty()) {
            json.put("status", proven ? "ready" : order.proof.equals("invalid") ? "invalid" : "pending");
        } else if (!order.looked) {
            order.looked = true;
            json.put("status", "processing");
        } else if (order.outcome.equals("valid")) {
            json.put("status", "valid");
            json.put("certificate", url("/certificate/" + order.number));
        } else {
            json.put("status", "invalid");
            json.put("error", problem(order.outcome, "we will not sign this"));
        }
        return json;
    }

    private static Map<String, Object> identifier(TestOrder order) {
        return Map.of("type", "dns", "value", order.host);
    }

    private Map<String, Object> authorization(TestOrder order) {
        String status = order.proof.equals("processing") ? "pending" : order.proof;
        Map<String, Object> json = Map.of(
                "status",
                status,
                "identifier",
                identifier(order),
                "challenges",
                List.of(
                        new TreeMap<>(
                                Map.of("type", "dns-01", "status", "pending", "token", "x", "url", url("/other/1"))),
                        challenge(order)));
        if (order.proof.equals("processing")) {
            order.proof = order.error == null ? "valid" : "invalid";
        }
        return json;
    }

    private Map<String, Object> challenge(TestOrder order) {
        Map<String, Object> json = new TreeMap<>(Map.of(
                "type",
                "http-01",
                "status",
                order.proof,
                "token",
                order.token,
                "url",
                url("/challenge/" + order.number)));
        if (order.error != null && order.proof.equals("invalid")) {
            json.put("error", order.error);
        }
        return json;
    }

    private void challenge(HttpExchange exchange, JsonWebSignature jws, TestOrder order)
            throws IOException, JoseException {
        if (!jws.getPayload().isEmpty() && order.proof.equals("pending")) {
            order.error = fetch(order);
            order.proof = "processing";
        }
        reply(exchange, 200, challenge(order));
    }

    /** What is wrong with the answer that the host gives; null when it is right (RFC 8555 section 8.3). */
    private Map<String, Object> fetch(TestOrder order) throws JoseException {
        String expected = order.token + "." + order.account.calculateBase64urlEncodedThumbprint("SHA-256");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), httpPort)) {
            socket.setSoTimeout(20_000);
            String request = "GET /.well-known/acme-challenge/" + order.token + " HTTP/1.1\r\nHost: " + order.host
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.startsWith("HTTP/1.1 200 ") && answer.endsWith("\r\n\r\n" + expected)) {
                return null;
            }
            return problem(
                    "incorrectResponse",
                    "the answer was " + answer.lines().findFirst().orElse("empty"));
        } catch (IOException e) {
            return problem("connection", "Connection refused");
        }
    }

    private void complete(HttpExchange exchange, JsonWebSignature jws, TestOrder order)
            throws IOException, Refusal, JoseException, GeneralSecurityException, PKCSException,
                    OperatorCreationException {
        if (!order.proof.equals("valid")) {
            throw new Refusal(403, "orderNotReady", "the host is not proven");
        }
        JcaPKCS10CertificationRequest csr = new JcaPKCS10CertificationRequest(
                Base64.getUrlDecoder().decode(payload(jws).get("csr").toString()));
        PublicKey key = csr.getPublicKey();
        if (!csr.isSignatureValid(new JcaContentVerifierProviderBuilder().build(key))
                || !names(csr).equals(List.of(order.host))) {
            throw new Refusal(400, "badCSR", "signature or names of the CSR");
        }
        order.certificate = sign(order.host, key);
        order.outcome = finalizeFails ? "serverInternal" : "valid";
        reply(exchange, 200, order(order));
    }

    private static List<String> names(JcaPKCS10CertificationRequest csr) {
        Extensions extensions =
                Extensions.getInstance(csr.getAttributes(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest)[0]
                        .getAttrValues()
                        .getObjectAt(0));
        GeneralNames names = GeneralNames.fromExtensions(extensions, Extension.subjectAlternativeName);
        return List.of(names.getNames()).stream()
                .map(GeneralName::getName)
                .map(Object::toString)
                .toList();
    }

    private String sign(String host, PublicKey key) {
        Instant now = clock.instant();
        return new TestCertificate.Builder(host)
                        .names(host)
                        .keys(new KeyPair(key, null))
                        .valid(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(90)))
                        .issuedBy(intermediate)
                        .pem()
                + intermediate.pem();
    }
}
