package platform.webserver.jetty;

import java.util.Set;
import java.util.regex.Pattern;
import platform.webserver.api.WebserverException;

/** Which paths an instance may have: those that look the same in every URL, and none that the platform uses itself. */
final class PathRules {

    static final int MAX_LENGTH = 512;

    /** First segments that belong to the platform's own pages, or that clients ask for without being told to. */
    static final Set<String> RESERVED =
            Set.of("system", "manager", "health", "metrics", "api", ".well-known", "favicon.ico", "robots.txt");

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._~-]+");

    private PathRules() {}

    static void check(String path) {
        if (path.length() > MAX_LENGTH) {
            throw malformed(path.substring(0, 40) + "…", "it is longer than " + MAX_LENGTH + " characters");
        }
        if (!path.startsWith("/")) {
            throw malformed(path, "it does not begin with '/'");
        }
        String[] segments = path.substring(1).split("/", -1);
        for (String segment : segments) {
            checkSegment(path, segment);
        }
        if (RESERVED.contains(segments[0])) {
            throw new WebserverException("The path '" + path + "' is reserved: '/" + segments[0]
                    + "' belongs to the platform. Use another.");
        }
    }

    /** Whether it begins with what belongs to the platform, or is its root. */
    static boolean isReserved(String path) {
        int end = path.indexOf('/', 1);
        String first = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
        return first.isEmpty() || RESERVED.contains(first);
    }

    private static void checkSegment(String path, String segment) {
        if (segment.isEmpty()) {
            throw malformed(path, "a part between two slashes is empty");
        }
        if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
            throw malformed(path, "'" + segment + "' is not allowed in it");
        }
    }

    private static WebserverException malformed(String path, String why) {
        return new WebserverException("The path '" + path + "' cannot be used: " + why
                + ". A path is /part or /part/part…, each part of letters, digits, '.', '_', '~' and '-'.");
    }
}
