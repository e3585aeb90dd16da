package app.files;

import jakarta.servlet.http.HttpServletRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The conditions that a request puts on its resource (RFC 9110, section 13). */
final class Conditions {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final Pattern TAG = Pattern.compile("\\*|(?:W/)?\"[^\"]*\"");

    private final HttpServletRequest request;

    Conditions(HttpServletRequest request) {
        this.request = request;
    }

    static String httpDate(Instant time) {
        return HTTP_DATE.format(time);
    }

    /** Whether the request may go on, in the order of RFC 9110 13.2.2. */
    Verdict judge(Optional<Entry> entry) {
        if (has("If-Match") ? !matches("If-Match", entry, true) : changedSince("If-Unmodified-Since", entry, false)) {
            return Verdict.FAILED;
        }
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (has("If-None-Match")) {
            boolean same = matches("If-None-Match", entry, false);
            return !same ? Verdict.MET : reads ? Verdict.NOT_MODIFIED : Verdict.FAILED;
        }
        return reads && !changedSince("If-Modified-Since", entry, true) ? Verdict.NOT_MODIFIED : Verdict.MET;
    }

    /** Whether a Range header counts (RFC 9110 13.1.5). */
    boolean rangeApplies(Entry file) {
        String condition = request.getHeader("If-Range");
        return condition == null
                || condition.equals(etag(file))
                || date(condition).filter(modified(file)::equals).isPresent();
    }

    private boolean has(String header) {
        return request.getHeader(header) != null;
    }

    private boolean matches(String header, Optional<Entry> entry, boolean strong) {
        return entry.isPresent()
                && Collections.list(request.getHeaders(header)).stream()
                        .flatMap(line -> TAG.matcher(line).results())
                        .map(MatchResult::group)
                        .anyMatch(tag -> matches(tag, etag(entry.get()), strong));
    }

    private static boolean matches(String tag, String etag, boolean strong) {
        return tag.equals("*") || tag.equals(etag) || !strong && tag.equals("W/" + etag);
    }

    private boolean changedSince(String header, Optional<Entry> entry, boolean otherwise) {
        Optional<Instant> date = Optional.ofNullable(request.getHeader(header)).flatMap(Conditions::date);
        return date.isPresent() && entry.isPresent() ? modified(entry.get()).isAfter(date.get()) : otherwise;
    }

    private static Instant modified(Entry entry) {
        return entry.modified().truncatedTo(ChronoUnit.SECONDS);
    }

    private static String etag(Entry entry) {
        return entry.content().map(Content::etag).orElse("");
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty(); // RFC 9110 13.1.3: a date that cannot be read is as none
        }
    }

    /** What the conditions say. */
    enum Verdict {
        MET,
        NOT_MODIFIED,
        FAILED
    }
}
