package platform.core.alarms;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import platform.core.api.PlatformException;
import platform.core.api.SinkInfo;
import platform.core.api.SinkSetup;

/**
 * A sink as it is kept: checked, and with its secret, which its text never shows.
 *
 * @param uri its address without the login
 */
record SinkSpec(SinkSetup setup, URI uri, Optional<Login> login) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern LOCAL = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final Duration USUAL_REPEAT = Duration.ofMinutes(30);
    private static final Map<String, Integer> PORTS = Map.of(
            "http", 80, "https", 443, "smtp", 587, "smtps", 465, "syslog", 514, "syslog+tcp", 514, "syslog+tls", 6514);
    private static final String EXAMPLES =
            "Examples: https://user@events.example.com/example.com/events/alarms, smtp://user@mail.example.com:587,"
                    + " syslog+tls://log.example.com:6514";

    /** Who logs in. Its text never shows the password. */
    record Login(String user, String password) {

        @Override
        public String toString() {
            return user;
        }
    }

    /**
     * @throws PlatformException of kind INVALID when a part does not have its form
     */
    static SinkSpec of(SinkSetup setup) {
        require(
                NAME.matcher(setup.name()).matches(),
                "The name of a sink is 1 to 63 lower-case letters, digits and '-'.");
        URI given = parse(setup.address());
        require(
                given.getScheme() != null && PORTS.containsKey(given.getScheme()) && given.getHost() != null,
                "The address of a sink is a scheme and a host. " + EXAMPLES);
        URI uri = URI.create(given.toString().replaceFirst("://[^/@]*@", "://"));
        SinkSpec spec = new SinkSpec(setup, uri, login(given, setup));
        spec.checkSecurity();
        spec.checkForm();
        spec.checkMail();
        return spec;
    }

    private static URI parse(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            // Not with the address itself: it may hold a password.
            throw PlatformException.invalid("The address cannot be read: " + e.getReason() + ". " + EXAMPLES);
        }
    }

    private static Optional<Login> login(URI given, SinkSetup setup) {
        String user = given.getRawUserInfo() == null ? "" : given.getRawUserInfo();
        String secret = setup.secret().map(String::strip).orElse("");
        require(
                user.indexOf(':') < 0,
                "The address must not hold a password, since addresses are shown. Give it by itself: --password -");
        require(
                user.isEmpty() == secret.isEmpty(),
                "A login is both a user in the address and a password: --password -");
        return user.isEmpty()
                ? Optional.empty()
                : Optional.of(new Login(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8), secret));
    }

    private void checkSecurity() {
        require(
                login.isEmpty() || !scheme().equals("http") || isLocal(),
                "A password would travel in the clear. Use https://");
        require(
                setup.authorities().isEmpty() || !scheme().matches("http|syslog|syslog\\+tcp"),
                "Authorities of certificates are for https, smtp, smtps and syslog+tls only.");
    }

    private void checkForm() {
        boolean isHttp = scheme().startsWith("http");
        boolean isBare =
                uri.getRawQuery() == null && uri.getRawPath().replace("/", "").isEmpty();
        require(isHttp || isBare, "Only a web address has something behind its host.");
        require(uri.getRawFragment() == null, "The address of a sink has no '#'.");
        require(login.isEmpty() || !scheme().startsWith("syslog"), "Syslog has no login.");
        require(setup.repeat().map(it -> !it.isNegative()).orElse(true), "A repetition is not before its alarm.");
    }

    private void checkMail() {
        boolean isMail = scheme().startsWith("smtp");
        boolean hasBoth = setup.from().isPresent() && !setup.to().isEmpty();
        require(
                !isMail || hasBoth,
                "E-mail needs a sender and a receiver: --from alarms@example.com --to me@example.com");
        require(isMail || setup.from().isEmpty() && setup.to().isEmpty(), "Only e-mail has a sender and receivers.");
        setup.from().ifPresent(SinkSpec::checkAddress);
        setup.to().forEach(SinkSpec::checkAddress);
    }

    private static void checkAddress(String address) {
        try {
            new InternetAddress(address, true);
        } catch (AddressException e) {
            throw PlatformException.invalid("'" + address.replaceAll("\\p{Cntrl}", "?") + "' is no mail address: "
                    + e.getMessage() + ". Use one such as me@example.com");
        }
    }

    private static void require(boolean isRight, String message) {
        if (!isRight) {
            throw PlatformException.invalid(message);
        }
    }

    String name() {
        return setup.name();
    }

    String scheme() {
        return uri.getScheme();
    }

    int port() {
        return uri.getPort() < 0 ? PORTS.get(scheme()) : uri.getPort();
    }

    /** Whether it is on this machine, so that nobody can listen. */
    boolean isLocal() {
        return LOCAL.matcher(uri.getHost()).matches();
    }

    /** How often an active alarm is told again; zero for never. */
    Duration repeat() {
        return setup.repeat().orElse(scheme().startsWith("http") ? USUAL_REPEAT : Duration.ZERO);
    }

    SinkInfo info(int waiting, String problem) {
        return new SinkInfo(
                name(),
                setup.address(),
                login.isPresent(),
                setup.authorities(),
                setup.severity(),
                repeat(),
                setup.from(),
                setup.to(),
                waiting,
                problem);
    }

    @Override
    public String toString() {
        return "SinkSpec[" + name() + ", " + uri + "]";
    }
}
