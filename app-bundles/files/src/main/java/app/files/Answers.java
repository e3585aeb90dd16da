package app.files;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Answers a request that is refused, and says why. */
final class Answers {

    private static final int KEPT_UP = 1 << 20;
    private static final int LINGERED = 1 << 26;

    private final HttpServletRequest request;
    private final HttpServletResponse response;

    Answers(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    void plain(int status, String message) throws IOException {
        refuse(() -> {
            byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
            response.setStatus(status);
            response.setContentType("text/plain; charset=utf-8");
            response.setContentLength(text.length);
            response.getOutputStream().write(text);
        });
    }

    /** In the form of RFC 4918: a multistatus, an error element, or a plain text. */
    void failure(DavException e) throws IOException {
        if (!e.members().isEmpty()) {
            refuse(() -> members(e));
        } else if (!e.condition().name().isEmpty()) {
            refuse(() -> condition(e));
        } else {
            plain(e.status(), e.getMessage());
        }
    }

    /**
     * A client that is still sending its body may see nothing of the answer when the connection is closed under it. So a
     * short rest is taken first, and a long one for a while afterwards, unless the client waits with its body.
     */
    private void refuse(Writing answer) throws IOException {
        boolean waits = request.getHeader("Expect") != null;
        boolean whole = !waits && skip(KEPT_UP);
        boolean closes = !whole && request.getProtocol().startsWith("HTTP/1");
        if (closes) {
            response.setHeader("Connection", "close");
        }
        answer.write();
        response.flushBuffer();
        if (closes && !waits) {
            skip(LINGERED);
        }
    }

    /** Whether the body ended within so many bytes. */
    private boolean skip(int limit) {
        try {
            InputStream body = request.getInputStream();
            byte[] buffer = new byte[8192];
            for (int skipped = 0; skipped < limit; ) {
                int count = body.read(buffer);
                if (count < 0) {
                    return true;
                }
                skipped += count;
            }
            return false;
        } catch (IOException e) {
            return false; // the client has gone, or its body is the fault that is answered
        }
    }

    private void members(DavException e) throws IOException {
        try (DavXml out = new DavXml(response, 207, "multistatus")) {
            for (DavException.Member member : e.members()) {
                out.start("response").href(member.href()).status(member.status());
                if (member.status() == 423) {
                    out.start("error").start("lock-token-submitted");
                    out.href(member.href()).end().end();
                }
                out.end();
            }
            out.text("responsedescription", e.getMessage());
        }
    }

    private void condition(DavException e) throws IOException {
        try (DavXml out = new DavXml(response, e.status(), "error")) {
            out.start(e.condition().name());
            for (String href : e.condition().hrefs()) {
                out.href(href);
            }
            out.end();
            out.text("responsedescription", e.getMessage());
        }
    }

    /** Writes the answer. */
    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }
}
