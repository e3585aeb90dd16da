package platform.webserver.jetty;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.server.Request;

/** Requests for a file on a condition, or for a part of it (RFC 9110 13 and 14). */
final class Conditions {

    private static final Set<HttpHeader> HEADERS = EnumSet.of(
            HttpHeader.RANGE,
            HttpHeader.IF_RANGE,
            HttpHeader.IF_MATCH,
            HttpHeader.IF_NONE_MATCH,
            HttpHeader.IF_MODIFIED_SINCE,
            HttpHeader.IF_UNMODIFIED_SINCE);
    /** The mark of a weak tag in a list of tags. */
    private static final Pattern WEAK = Pattern.compile("(^|,)\\s*W/(?=\")");

    private static final String TAG = "(?:W/)?\"[!#-\\[\\]-~\\x80-\\xff]*+\"";
    private static final Pattern TAGS = Pattern.compile("\\*|" + TAG + "(?:\\s*+,\\s*+" + TAG + ")*+");

    private Conditions() {}

    /** Whether less than the whole file may be wanted. */
    static boolean areIn(HttpFields headers) {
        for (HttpField field : headers) {
            if (field.getHeader() != null && HEADERS.contains(field.getHeader())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the tags in them are tags: Jetty makes a failure of its own of any other, with a stack trace in the log. */
    static boolean areWellFormed(HttpFields headers) {
        return Stream.of(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH)
                .flatMap(name -> headers.getValuesList(name).stream())
                .allMatch(value -> TAGS.matcher(value).matches());
    }

    /** Supplies what Jetty leaves out of RFC 9110 13.1: an asterisk means any tag, weak tags match too, and If-Range. */
    static Request plain(Request request, HttpContent content) {
        return hasTags(request.getHeaders()) ? withPlainTags(request, content) : request;
    }

    private static Request withPlainTags(Request request, HttpContent content) {
        HttpFields.Mutable headers = HttpFields.build(request.getHeaders());
        String etag = content.getETagValue();
        for (HttpHeader condition : List.of(HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH)) {
            if ("*".equals(headers.get(condition))) {
                headers.put(condition, etag);
            }
        }
        if (headers.contains(HttpHeader.IF_NONE_MATCH)) {
            headers.put(HttpHeader.IF_NONE_MATCH, withoutMarks(headers.getValuesList(HttpHeader.IF_NONE_MATCH)));
        }
        String version = headers.get(HttpHeader.IF_RANGE);
        if (version != null && !version.equals(etag)) {
            headers.remove(HttpHeader.RANGE);
        }
        return new Request.Wrapper(request) {
            @Override
            public HttpFields getHeaders() {
                return headers;
            }
        };
    }

    private static String withoutMarks(List<String> tags) {
        return WEAK.matcher(String.join(",", tags)).replaceAll("$1");
    }

    private static boolean hasTags(HttpFields headers) {
        return headers.contains(HttpHeader.IF_RANGE)
                || headers.contains(HttpHeader.IF_MATCH)
                || headers.contains(HttpHeader.IF_NONE_MATCH);
    }
}
