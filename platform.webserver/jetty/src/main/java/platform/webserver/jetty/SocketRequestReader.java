package platform.webserver.jetty;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ComplianceViolation;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpVersion;

/**
 * Reads the head of a request for a WebSocket, by Jetty's own parser. It is content only with what is whole and beyond doubt:
 * whatever is not is for Jetty to judge, which gets the same bytes.
 */
final class SocketRequestReader implements HttpParser.RequestHandler {

    /** Paths that say what they mean, letter by letter, and a query. */
    private static final Pattern PLAIN_URI =
            Pattern.compile("(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+(?:\\?[A-Za-z0-9._~%!$&'()*+,;=:@/?-]*)?");

    private static final Pattern PLAIN_HOST = Pattern.compile("[A-Za-z0-9.-]+(?::\\d{1,5})?");

    private final HttpParser parser;
    private final HttpFields.Mutable headers = HttpFields.build();
    private String uri;
    private HttpVersion version;
    private boolean complete;
    private boolean doubtful;

    SocketRequestReader(FirstRequestFactory factory) {
        parser = factory.parser(this);
    }

    /** Reads to the end of the head. @return whether it is one that asks for a WebSocket by HTTP/1.1 */
    boolean read(ByteBuffer bytes) {
        if (bytes.get(bytes.position()) != 'G') {
            return false;
        }
        parser.parseNext(bytes);
        return complete
                && !doubtful
                && version == HttpVersion.HTTP_1_1
                && Handshake.isWanted(headers)
                && !headers.contains(HttpHeader.EXPECT)
                && headers.getValuesList(HttpHeader.HOST).size() == 1
                && PLAIN_HOST.matcher(headers.get(HttpHeader.HOST)).matches()
                && PLAIN_URI.matcher(uri).matches();
    }

    String path() {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    /** @param client where the connection comes from */
    SocketRequest request(SocketAddress client) {
        int query = uri.indexOf('?');
        return new SocketRequest(
                false,
                HttpMethod.GET.asString(),
                version,
                headers.asImmutable(),
                query < 0 ? "" : uri.substring(query + 1),
                headers.get(HttpHeader.HOST),
                client);
    }

    @Override
    public void startRequest(String method, String rawUri, HttpVersion asked) {
        doubtful = !HttpMethod.GET.is(method);
        uri = rawUri;
        version = asked;
    }

    @Override
    public void parsedHeader(HttpField field) {
        headers.add(field);
        doubtful |= isForwarded(field.getName());
    }

    /** Whether to believe a proxy is not ours to judge. */
    private static boolean isForwarded(String name) {
        return name.equalsIgnoreCase("Forwarded") || name.regionMatches(true, 0, "X-Forwarded-", 0, 12);
    }

    @Override
    public boolean headerComplete() {
        complete = true;
        return true;
    }

    @Override
    public void badMessage(HttpException failure) {
        doubtful = true;
    }

    @Override
    public void onViolation(ComplianceViolation.Event event) {
        doubtful = true;
    }

    @Override
    public boolean content(ByteBuffer item) {
        return true;
    }

    @Override
    public boolean contentComplete() {
        return true;
    }

    @Override
    public boolean messageComplete() {
        return true;
    }

    @Override
    public void earlyEOF() {
        doubtful = true;
    }
}
