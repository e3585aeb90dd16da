package platform.core.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The page that somebody has asked for and is led to when he has logged in. It is in links that anybody can write, and so is one
 * that the login is for, on this host.
 */
final class AskedPage {

    static final String CONSOLE = "/system/console";

    private static final String PARAMETER = "page";
    private static final int LONGEST = 1000;
    private static final Pattern OWN = Pattern.compile("(?!.*(?:\\.\\.|%2[eE]|logout))(?:" + CONSOLE + "|"
            + ApiServlet.PATH + "/docs)(?:[/?][A-Za-z0-9/._~%?&=+:,@-]*)?");

    private AskedPage() {}

    /** The query that hands it on. */
    static String query(HttpServletRequest request) {
        String query = request.getQueryString();
        return query(request.getRequestURI() + (query == null ? "" : "?" + query));
    }

    static String query(String page) {
        return "?" + PARAMETER + "=" + URLEncoder.encode(page, StandardCharsets.UTF_8);
    }

    /** The one that was handed on; the console where there is none, or it is nothing to be led to. */
    static String of(HttpServletRequest request) {
        String page = request.getParameter(PARAMETER);
        return page != null && page.length() <= LONGEST && OWN.matcher(page).matches() ? page : CONSOLE;
    }
}
