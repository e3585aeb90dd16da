package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A page that shows the API's document and tries its operations: Swagger UI, with nothing of it changed. Like the document it is for
 * everybody who is logged in; what is tried out takes what it takes elsewhere.
 */
final class DocumentPage {

    static final String PATH = "/docs/";

    /** Neither scripts nor styles within the page, and nothing from elsewhere. The style sheet holds its pictures itself. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Set<String> ABOVE = Set.of("", "/", "/docs");
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private static final String LIBRARY = "/META-INF/resources/webjars/swagger-ui/" + version() + "/";
    private static final Map<String, String> TYPES = Map.of(
            "/docs/index.html",
            "text/html; charset=utf-8",
            "/docs/start.js",
            "text/javascript; charset=utf-8",
            LIBRARY + "swagger-ui.css",
            "text/css; charset=utf-8",
            LIBRARY + "swagger-ui-bundle.js",
            "text/javascript; charset=utf-8",
            LIBRARY + "swagger-ui-bundle.js.LICENSE.txt",
            "text/plain; charset=utf-8");

    private DocumentPage() {}

    private static String version() {
        Properties properties = new Properties();
        try (InputStream file =
                DocumentPage.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new IllegalStateException("The bundle's own files cannot be read", e);
        }
        return properties.getProperty("version");
    }

    /** Whether this answers it. All else below the path is as unknown as anywhere. */
    static boolean isAsked(HttpServletRequest request) {
        return METHODS.contains(request.getMethod())
                && (ABOVE.contains(path(request)) || resource(path(request)).isPresent());
    }

    private static String path(HttpServletRequest request) {
        return Optional.ofNullable(request.getPathInfo()).orElse("");
    }

    private static Optional<String> resource(String path) {
        if (!path.startsWith(PATH)) {
            return Optional.empty();
        }
        String name = path.equals(PATH) ? "index.html" : path.substring(PATH.length());
        return Stream.of(PATH + name, LIBRARY + name).filter(TYPES::containsKey).findFirst();
    }

    static void serve(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<String> resource = resource(path(request));
        if (resource.isEmpty()) {
            response.sendRedirect(RestApplication.PATH + PATH);
            return;
        }
        byte[] content = content(resource.get());
        String tag = '"' + EntityTags.of(content).getValue() + '"';
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(TYPES.get(resource.get()));
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static byte[] content(String resource) throws IOException {
        try (InputStream file = DocumentPage.class.getResourceAsStream(resource)) {
            return file.readAllBytes();
        }
    }
}
