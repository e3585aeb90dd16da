package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers that say why something was not done. */
final class Answers {

    private Answers() {}

    static void plain(HttpServletResponse response, int status, String message) throws IOException {
        byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("text/plain; charset=utf-8");
        response.setContentLength(text.length);
        response.getOutputStream().write(text);
    }

    /** In the form of RFC 4918: a multistatus, an error element, or a plain text. */
    static void failure(HttpServletResponse response, DavException e) throws IOException {
        if (!e.members().isEmpty()) {
            members(response, e);
        } else if (!e.condition().name().isEmpty()) {
            condition(response, e);
        } else {
            plain(response, e.status(), e.getMessage());
        }
    }

    private static void members(HttpServletResponse response, DavException e) throws IOException {
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

    private static void condition(HttpServletResponse response, DavException e) throws IOException {
        try (DavXml out = new DavXml(response, e.status(), "error")) {
            out.start(e.condition().name());
            for (String href : e.condition().hrefs()) {
                out.href(href);
            }
            out.end();
            out.text("responsedescription", e.getMessage());
        }
    }
}
