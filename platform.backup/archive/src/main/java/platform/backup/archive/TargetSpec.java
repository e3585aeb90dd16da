package platform.backup.archive;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import platform.backup.api.BackupException;
import platform.backup.api.TargetInfo;
import platform.backup.api.TargetSetup;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;

/**
 * A target as it is kept: checked, and with its secret, which its text never shows.
 *
 * @param uri its address without the login, scheme {@code file}, {@code http}, {@code https}, {@code sftp} or {@code s3}; its path
 *     ends with a slash
 */
record TargetSpec(TargetInfo info, URI uri, TargetLogin login) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern HOST_KEY = Pattern.compile("SHA256:[A-Za-z0-9+/]{43}");
    private static final Pattern LOCAL = Pattern.compile("localhost|127\\..*|\\[::1]");
    private static final String EXAMPLES =
            "Examples: file:///mnt/backup/, https://user@dav.example.com/backup/, sftp://user@host.example.com/backup/,"
                    + " s3://KEY@bucket/prefix?endpoint=https://s3.example.com&region=eu-central-1";

    /**
     * @throws BackupException when a part does not have its form
     */
    static TargetSpec of(TargetSetup setup) {
        require(
                NAME.matcher(setup.name()).matches(),
                "The name of a target is 1 to 63 lower-case letters, digits and '-'.");
        require(setup.bytesPerSecond() >= 0, "A limit of the bandwidth is not less than 0, which means none.");
        URI given = parse(setup.address());
        String scheme = scheme(given);
        String secret = setup.secret().map(String::strip).orElse("");
        TargetLogin login = login(given, secret);
        URI uri = address(scheme, given);
        TargetInfo info = new TargetInfo(
                setup.name(),
                shown(uri, login.user()),
                !secret.isEmpty(),
                setup.hostKey(),
                setup.authorities(),
                setup.bytesPerSecond(),
                new TreeSet<>(setup.excluded()));
        TargetSpec spec = new TargetSpec(info, uri, login);
        spec.checkLogin();
        spec.checkOptions();
        return spec;
    }

    private static URI parse(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException e) {
            // Not with the address itself: it may hold a password.
            throw new BackupException(
                    "The address of the target cannot be read: " + e.getReason() + ". " + EXAMPLES, null);
        }
    }

    private static String scheme(URI given) {
        String scheme = given.getScheme() == null ? "" : given.getScheme();
        return switch (scheme) {
            case "file", "http", "https", "sftp", "s3" -> scheme;
            case "dav" -> "http";
            case "davs" -> "https";
            default ->
                throw new BackupException("The address of a target does not begin with '" + scheme + ":'. " + EXAMPLES);
        };
    }

    private static TargetLogin login(URI given, String secret) {
        // A bucket's name may hold what a host's may not; then there is only an authority.
        String authority = given.getRawAuthority() == null ? "" : given.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String user = at < 0 ? "" : authority.substring(0, at);
        require(
                user.indexOf(':') < 0,
                "The address must not hold a password, since addresses are shown. Give it by itself: --password -");
        return new TargetLogin(URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8), secret);
    }

    private static URI address(String scheme, URI given) {
        String authority = given.getRawAuthority() == null ? "" : given.getRawAuthority();
        String place = authority.substring(authority.lastIndexOf('@') + 1);
        String path = given.getRawPath() == null ? "" : given.getRawPath();
        require(given.getRawFragment() == null, "The address of a target has no '#'.");
        require(
                scheme.equals("s3") || given.getRawQuery() == null,
                "Only the address of an S3 service has a part with '?'.");
        require(
                scheme.equals("file") == place.isEmpty(),
                "The address lacks its host, or has one too many. " + EXAMPLES);
        require(!scheme.equals("file") || path.startsWith("/"), "Give the whole path of the folder. " + EXAMPLES);
        require(!Arrays.asList(given.getPath().split("/")).contains(".."), "The path of a target does not hold '..'.");
        String folder = path.endsWith("/") ? path : path + "/";
        String query = given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        return URI.create(scheme + "://" + place + folder + query);
    }

    private static String shown(URI uri, String user) {
        if (user.isEmpty()) {
            return uri.toString();
        }
        return uri.toString()
                .replaceFirst("://", "://" + user.replace("@", "%40").replace("$", "%24") + "@");
    }

    private void checkLogin() {
        boolean isSecured = switch (uri.getScheme()) {
            case "http" -> login.isEmpty() || LOCAL.matcher(uri.getHost()).matches();
            default -> true;
        };
        require(isSecured, "A password would travel in the clear. Use https:// or davs://.");
        switch (uri.getScheme()) {
            case "file" -> require(login.isEmpty(), "A folder has no login.");
            case "sftp" ->
                require(
                        !login.user().isEmpty() && !login.secret().isEmpty(),
                        "An SSH server needs a user in the address and a password or private key: --password - or --key FILE.");
            case "s3" ->
                require(
                        !login.user().isEmpty() && !login.secret().isEmpty(),
                        "An S3 service needs the access key in the address, before the '@', and its secret: --password -.");
            default ->
                require(
                        login.user().isEmpty() == login.secret().isEmpty(),
                        "A web server's login has both a user in the address and a password: --password -.");
        }
        require(!login.isPrivateKey() || uri.getScheme().equals("sftp"), "A private key is for SSH servers only.");
    }

    private void checkOptions() {
        boolean isSsh = uri.getScheme().equals("sftp");
        require(isSsh || info.hostKey().isEmpty(), "Only an SSH server has a host key.");
        require(
                info.hostKey().map(key -> HOST_KEY.matcher(key).matches()).orElse(true),
                "A host key is given by its fingerprint, as ssh-keygen -l prints it: SHA256: and 43 characters.");
        require(
                info.authorities().isEmpty()
                        || uri.getScheme().equals("https")
                        || uri.getScheme().equals("s3"),
                "Authorities of certificates are for https, davs and s3 only.");
        if (uri.getScheme().equals("s3")) {
            checkEndpoint();
        }
        for (String id : info.excluded()) {
            try {
                InstanceId.parse(id);
            } catch (PlatformException e) {
                throw new BackupException(e.getMessage(), e);
            }
        }
    }

    private void checkEndpoint() {
        List<String> known = List.of("endpoint", "region");
        for (String name : query().keySet()) {
            require(known.contains(name), "An address of S3 has ?endpoint= and &region=, not '" + name + "'.");
        }
        endpoint()
                .ifPresent(it -> require(
                        it.getHost() != null
                                && (it.getScheme().equals("https")
                                        || it.getScheme().equals("http")),
                        "The endpoint of an S3 service is a whole address: endpoint=https://s3.example.com"));
    }

    private static void require(boolean isRight, String message) {
        if (!isRight) {
            throw new BackupException(message);
        }
    }

    /** Of an S3 service that is not Amazon's. */
    Optional<URI> endpoint() {
        return Optional.ofNullable(query().get("endpoint")).map(TargetSpec::parse);
    }

    String region() {
        return query().getOrDefault("region", "us-east-1");
    }

    private Map<String, String> query() {
        Map<String, String> query = new TreeMap<>();
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            require(equals > 0, "After '?' come names and values: endpoint=https://s3.example.com&region=eu-central-1");
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    /** The folder of a {@code file:} address. */
    Path folder() {
        return Path.of(uri.getPath()).normalize();
    }

    @Override
    public String toString() {
        return "TargetSpec[" + info.name() + ", " + info.address() + "]";
    }
}
