package platform.core.appsocket;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** A GET request and what it was answered. */
final class FakeHttp {

    final Map<String, String> parameters = new HashMap<>();
    final Map<String, String> requestHeaders = new HashMap<>();
    final Map<String, String> headers = new HashMap<>();
    String remote = "192.0.2.1";
    boolean secure = true;
    Cookie[] cookies;
    int status = 200;
    private final StringWriter body = new StringWriter();

    String body() {
        return body.toString();
    }

    HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (called, arguments) -> switch (called) {
            case "getMethod" -> "GET";
            case "getParameter" -> parameters.get(arguments[0]);
            case "getHeader" -> requestHeaders.get(arguments[0]);
            case "getRemoteAddr" -> remote;
            case "getCookies" -> cookies;
            case "isSecure" -> secure;
            default -> throw new UnsupportedOperationException(called);
        });
    }

    HttpServletResponse response() {
        PrintWriter writer = new PrintWriter(body, true);
        return proxy(HttpServletResponse.class, (called, arguments) -> switch (called) {
            case "setHeader", "addHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
            case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
            case "setStatus" -> status = (int) arguments[0];
            case "getWriter" -> writer;
            default -> throw new UnsupportedOperationException(called);
        });
    }

    private static <T> T proxy(Class<T> type, Answering answering) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, called, arguments) -> {
                    Object answer = answering.answer(called.getName(), arguments);
                    return called.getReturnType() == void.class ? null : answer;
                }));
    }

    /** What a method gives. */
    private interface Answering {
        Object answer(String called, Object[] arguments);
    }
}
