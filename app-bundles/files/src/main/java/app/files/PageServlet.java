package app.files;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page that shows the files: one HTML, one script, one style, behind the login. */
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final transient Gate gate;
    private final String webPath;
    private final transient Map<String, Asset> assets = Map.of(
            "/", asset("index.html", "text/html; charset=utf-8"),
            "/files.js", asset("files.js", "text/javascript; charset=utf-8"),
            "/files.css", asset("files.css", "text/css; charset=utf-8"));

    PageServlet(Gate gate, String webPath) {
        this.gate = gate;
        this.webPath = webPath;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!gate.admits(request, response)) {
            return;
        }
        String path = String.valueOf(request.getRequestURI())
                .substring(request.getContextPath().length());
        Asset asset = assets.get(path);
        if (path.isEmpty()) {
            response.setStatus(302);
            response.setHeader("Location", webPath + "/");
        } else if (asset == null) {
            new Answers(request, response)
                    .plain(404, "There is nothing here. The files are below " + webPath + "/dav/.");
        } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
            response.setHeader("Allow", "GET, HEAD");
            new Answers(request, response).plain(405, "This page can only be read.");
        } else {
            send(asset, request, response);
        }
    }

    private static void send(Asset asset, HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("Cache-Control", "private, no-cache");
        response.setHeader("ETag", asset.etag());
        if (asset.etag().equals(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
            return;
        }
        response.setContentType(asset.type());
        response.setContentLength(asset.bytes().length);
        if (request.getMethod().equals("GET")) {
            response.getOutputStream().write(asset.bytes());
        }
    }

    private static Asset asset(String file, String type) {
        try (InputStream in = PageServlet.class.getResourceAsStream("/page/" + file)) {
            byte[] bytes = in.readAllBytes();
            String etag = Content.of(0, 0, Upload.sha256().digest(bytes)).etag();
            return new Asset(bytes, type, etag);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file + " of the app's own jar", e);
        }
    }

    /** A file of the page. */
    private record Asset(byte[] bytes, String type, String etag) {}
}
