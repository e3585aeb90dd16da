package platform.backup.archive;

import java.net.URI;
import java.net.http.HttpHeaders;

/** Says in words what a status of HTTP means for a backup, and whether waiting helps. */
final class HttpProblem {

    private HttpProblem() {}

    static TargetException of(String method, URI uri, int status, HttpHeaders headers) {
        String what = method + " " + uri + " was answered with " + status + ": " + meaning(status, headers);
        return isPassing(status) ? TargetException.passing(what) : TargetException.lasting(what);
    }

    private static boolean isPassing(int status) {
        return status == 408
                || status == 423
                || status == 425
                || status == 429
                || status >= 500 && status != 501 && status != 505 && status != 507;
    }

    private static String meaning(int status, HttpHeaders headers) {
        return switch (status) {
            case 301, 302, 303, 307, 308 ->
                "it redirects to " + headers.firstValue("Location").orElse("another place")
                        + ", and redirects are not followed. Give the final address.";
            case 401 -> "the login is wrong or missing. Check user and password.";
            case 403 -> "it is forbidden. Let this user write, read, list and delete there.";
            case 404, 410 -> "there is no such file or folder. Check the path.";
            case 405, 501 -> "the server does not do that. Switch on WebDAV, or at least PUT and DELETE.";
            case 409 -> "the folder above is missing. Make it, or check the path.";
            case 411 -> "the server wants to know the length before. Use a server that takes chunked uploads.";
            case 413 -> "the file is too large for the server. Raise its limit, such as client_max_body_size.";
            case 423 -> "it is locked by somebody.";
            case 429 -> "the server has had too many requests.";
            case 507 -> "the server is full. Make room, or lower what is kept.";
            default ->
                status >= 500 ? "the server failed. Its log says more." : "the server refused it. Its log says more.";
        };
    }
}
