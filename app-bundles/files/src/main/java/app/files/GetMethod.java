package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** GET and HEAD (RFC 9110, sections 9.3.1 and 14): a file whole or in parts. A folder leads to the page that shows it. */
final class GetMethod implements DavMethod {

    private final Site site;
    private final String page;

    /**
     * @param page the URL path of the page that shows folders
     */
    GetMethod(Site site, String page) {
        this.site = site;
        this.page = page;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException {
        Entry entry = enter(request);
        if (entry.isFolder()) {
            response.setStatus(302);
            response.setHeader("Location", page + "#" + folder(request.path()));
            return;
        }
        try {
            send(request, response, entry);
        } finally {
            site.readers().leave(entry.content().orElseThrow().id());
        }
    }

    private static String folder(DavPath path) {
        StringBuilder fragment = new StringBuilder("/");
        path.names().forEach(name -> fragment.append(Urls.encode(name)).append('/'));
        return fragment.toString();
    }

    /** Looks the entry up; the content of a file then stays until this request has left it. */
    private Entry enter(DavRequest request) throws SQLException {
        while (true) {
            Entry entry = site.store().run(tx -> {
                Location place = tx.tree.locate(request.path());
                site.preconditions(request).requireConditions(tx, place);
                return place.require();
            });
            if (entry.isFolder() || site.readers().enter(entry.content().get().id())) {
                return entry;
            }
        }
    }

    private void send(DavRequest request, HttpServletResponse response, Entry file) throws IOException, SQLException {
        Content content = file.content().orElseThrow();
        response.setHeader("ETag", content.etag());
        response.setHeader("Last-Modified", Conditions.httpDate(file.modified()));
        response.setHeader("Accept-Ranges", "bytes");
        response.setHeader("Cache-Control", "private, no-cache");
        if (request.conditions().judge(Optional.of(file)) == Conditions.Verdict.NOT_MODIFIED) {
            response.setStatus(304);
            return;
        }
        List<Range> ranges = ranges(request, response, file);
        boolean head = request.http().getMethod().equals("HEAD");
        if (ranges.size() > 1) {
            sendParts(response, file, ranges);
            return;
        }
        Range range = ranges.isEmpty() ? new Range(0, content.size() - 1) : ranges.get(0);
        if (!ranges.isEmpty()) {
            response.setStatus(206);
            response.setHeader("Content-Range", range.of(content.size()));
        }
        response.setContentType(MediaTypes.of(file.name()));
        response.setContentLengthLong(range.length());
        if (!head) {
            copy(content, range, response.getOutputStream());
        }
    }

    /** The ranges to send; empty for the whole file. */
    private static List<Range> ranges(DavRequest request, HttpServletResponse response, Entry file) {
        String header = request.header("Range").orElse("");
        if (header.isEmpty()
                || request.http().getMethod().equals("HEAD")
                || !request.conditions().rangeApplies(file)) {
            return List.of();
        }
        try {
            return Range.parse(header, file.size());
        } catch (DavException e) {
            response.setHeader("Content-Range", "bytes */" + file.size());
            throw e;
        }
    }

    private void sendParts(HttpServletResponse response, Entry file, List<Range> ranges)
            throws IOException, SQLException {
        String boundary = UUID.randomUUID().toString();
        response.setStatus(206);
        response.setContentType("multipart/byteranges; boundary=" + boundary);
        OutputStream out = response.getOutputStream();
        for (Range range : ranges) {
            String head = "\r\n--" + boundary + "\r\nContent-Type: " + MediaTypes.of(file.name())
                    + "\r\nContent-Range: " + range.of(file.size()) + "\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            copy(file.content().orElseThrow(), range, out);
        }
        out.write(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** No connection is held while the client takes the bytes. */
    private void copy(Content content, Range range, OutputStream out) throws IOException, SQLException {
        long next = range.first();
        while (next <= range.last()) {
            long offset = next;
            Contents.Chunk chunk = site.store()
                    .run(tx -> tx.contents.chunk(content.id(), offset))
                    .filter(found -> found.end() > offset)
                    .orElseThrow(() -> new IOException("Content " + content.id() + " has no byte " + offset));
            int from = (int) (next - chunk.start());
            int length = (int) (Math.min(chunk.end(), range.last() + 1) - next);
            out.write(chunk.bytes(), from, length);
            next += length;
        }
    }
}
