package platform.core.admin;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request and what was answered, without a webserver. A method that nobody expected fails. */
final class Exchange {

    String method = "GET";
    String remoteAddress = "127.0.0.1";
    String pathInfo;
    String uri;
    SentBody sent = new SentBody(0);
    String query;
    final List<Cookie> cookies = new ArrayList<>();
    boolean secure;
    final Map<String, String> requestHeaders = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, String> parameters = new HashMap<>();
    final Map<String, Object> attributes = new HashMap<>();

    int status = 200;
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    static Exchange from(String address) {
        Exchange exchange = new Exchange();
        exchange.remoteAddress = address;
        return exchange;
    }

    Exchange login(String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    Exchange header(String name, String value) {
        requestHeaders.put(name, value);
        return this;
    }

    Exchange secure() {
        secure = true;
        return this;
    }

    Exchange below(String path) {
        pathInfo = path;
        return this;
    }

    Exchange at(String uri) {
        this.uri = uri;
        return this;
    }

    Exchange method(String name) {
        method = name;
        return this;
    }

    String body() {
        return body.toString(StandardCharsets.UTF_8);
    }

    HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (self, called, arguments) -> switch (called.getName()) {
            case "getMethod" -> method;
            case "getRemoteAddr" -> remoteAddress;
            case "isSecure" -> secure;
            case "getCookies" -> cookies.isEmpty() ? null : cookies.toArray(Cookie[]::new);
            case "getQueryString" -> query;
            case "getPathInfo" -> pathInfo;
            case "getRequestURI" -> uri == null ? "/system/console" + pathInfo : uri;
            case "getParameter" -> parameters.get((String) arguments[0]);
            case "getHeader" -> requestHeaders.get((String) arguments[0]);
            case "getInputStream" -> sent;
            case "getAttribute" -> attributes.get((String) arguments[0]);
            case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
            default -> throw new AssertionError("Nobody expected " + called);
        });
    }

    HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (self, called, arguments) -> {
            switch (called.getName()) {
                case "setStatus" -> status = (int) arguments[0];
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "setContentType" -> headers.put("Content-Type", (String) arguments[0]);
                case "setContentLength" -> headers.put("Content-Length", arguments[0].toString());
                case "addHeader" -> headers.merge((String) arguments[0], (String) arguments[1], (a, b) -> a + ", " + b);
                case "sendRedirect" -> {
                    status = 302;
                    headers.put("Location", (String) arguments[0]);
                }
                case "flushBuffer" -> body.flush();
                case "getWriter" -> {
                    return new PrintWriter(body, true, StandardCharsets.UTF_8);
                }
                case "getOutputStream" -> {
                    return stream();
                }
                default -> throw new AssertionError("Nobody expected " + called);
            }
            return null;
        });
    }

    private ServletOutputStream stream() {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException("Blocking only");
            }

            @Override
            public void write(int b) {
                body.write(b);
            }
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
