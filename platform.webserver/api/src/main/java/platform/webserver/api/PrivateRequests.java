package platform.webserver.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;

/** Which requests nobody can listen to: what administers the platform takes no others. */
public final class PrivateRequests {

    private static final Set<String> PASSED_ON =
            Set.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private PrivateRequests() {}

    /** Whether it comes over HTTPS, or from this machine itself. */
    public static boolean isPrivate(HttpServletRequest request) {
        return request.isSecure() || isFromHere(request);
    }

    /** What a proxy on this machine passes on comes from here only seemingly. */
    private static boolean isFromHere(HttpServletRequest request) {
        return address(request).isLoopbackAddress()
                && PASSED_ON.stream().allMatch(header -> request.getHeader(header) == null);
    }

    /** Where it comes from. */
    public static InetAddress address(HttpServletRequest request) {
        try {
            return InetAddress.getByName(request.getRemoteAddr());
        } catch (UnknownHostException e) {
            throw new UncheckedIOException("Request from '" + request.getRemoteAddr() + "': no IP address", e);
        }
    }
}
