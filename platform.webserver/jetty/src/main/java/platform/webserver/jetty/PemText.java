package platform.webserver.jetty;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PEM text, taken apart (RFC 7468): any line ends, a byte order mark, text around the parts. What is wrong is told by its
 * line, which a parser that only skips what it does not know could not.
 */
final class PemText {

    private static final Pattern BOUNDARY = Pattern.compile("-----(BEGIN|END) ([A-Z0-9 ]+)-----");
    private static final Pattern LOOKS_LIKE_BOUNDARY = Pattern.compile("-+ *(BEGIN|END) [A-Z0-9 ]+-+.*");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z][A-Za-z0-9-]*): *(.*)");
    private static final Pattern MARK = Pattern.compile("-+ *BEGIN [A-Z0-9 ]+-");

    private final String[] lines;
    private int next;

    private PemText(String text) {
        this.lines = text.split("\r\n|\r|\n", -1);
    }

    /** Whether these bytes are meant to be PEM. */
    static boolean isPem(byte[] bytes) {
        return MARK.matcher(text(bytes)).find();
    }

    /** The parts in their order. */
    static List<PemBlock> blocks(byte[] bytes) throws UnusableException {
        PemText text = new PemText(text(bytes));
        List<PemBlock> blocks = new ArrayList<>();
        while (text.next < text.lines.length) {
            Matcher begin = text.boundary();
            text.next++;
            if (begin != null) {
                blocks.add(text.block(begin));
            }
        }
        return blocks;
    }

    /** Bytes that are no text stay what they are, one character each. */
    private static String text(byte[] bytes) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            return new String(bytes, 3, bytes.length - 3, StandardCharsets.ISO_8859_1);
        }
        Charset charset = startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)
                ? StandardCharsets.UTF_16
                : StandardCharsets.ISO_8859_1;
        return new String(bytes, charset);
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** The boundary that the current line is; null when it is none. */
    private Matcher boundary() throws UnusableException {
        String line = lines[next].strip();
        Matcher matcher = BOUNDARY.matcher(line);
        if (matcher.matches()) {
            return matcher;
        }
        if (matcher.find(0) || LOOKS_LIKE_BOUNDARY.matcher(line).matches()) {
            throw malformed(matcher.find(0));
        }
        return null;
    }

    private UnusableException malformed(boolean notAlone) {
        String where = "Line " + (next + 1) + " has the begin or end of a part, but ";
        return new UnusableException(
                notAlone
                        ? where + "something else too: its line breaks have been lost. Copy the file again."
                        : where + "not as PEM wants it, with five hyphens on each side: -----BEGIN CERTIFICATE-----. "
                                + "Copy the file again.");
    }

    private PemBlock block(Matcher begin) throws UnusableException {
        String label = begin.group(2);
        int line = next;
        if (begin.group(1).equals("END")) {
            throw new UnusableException(
                    "The " + label + " that ends in line " + line + " has no BEGIN. Copy the whole file.");
        }
        Map<String, String> headers = headers();
        StringBuilder body = new StringBuilder();
        Matcher end = boundaryAfter(label, line);
        while (end == null) {
            body.append(lines[next].strip());
            next++;
            end = boundaryAfter(label, line);
        }
        next++;
        if (!end.group(1).equals("END") || !end.group(2).equals(label)) {
            throw new UnusableException(
                    "The " + label + " that begins in line " + line + " has no END of its own: line " + next + " says "
                            + end.group(1) + " " + end.group(2) + ". Copy the whole file.");
        }
        return new PemBlock(label, "in line " + line, headers, decoded(body.toString(), label, line));
    }

    private Matcher boundaryAfter(String label, int line) throws UnusableException {
        if (next >= lines.length) {
            throw new UnusableException("The file is cut off: the " + label + " that begins in line " + line
                    + " has no END. Copy the whole file.");
        }
        return boundary();
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (; next < lines.length; next++) {
            Matcher header = HEADER.matcher(lines[next].strip());
            if (!header.matches()) {
                return headers;
            }
            headers.put(header.group(1), header.group(2));
        }
        return headers;
    }

    private static byte[] decoded(String body, String label, int line) throws UnusableException {
        String where = "The " + label + " that begins in line " + line;
        if (body.isEmpty()) {
            throw new UnusableException(where + " is empty. Copy the whole file.");
        }
        if (body.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new UnusableException(
                    where + " holds binary data (DER), where PEM has base64. Convert the original with: "
                            + "openssl x509 -inform DER -in FILE");
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new UnusableException(
                    where + " is damaged: it is not base64 (" + e.getMessage() + "). Copy the file again.", e);
        }
    }
}
