package platform.core.child;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/** The answer of a process on its way to the client. */
final class RelayedResponse {

    private static final Set<String> NOT_PASSED_ON =
            Set.of("connection", "keep-alive", "transfer-encoding", "trailer", "upgrade", "date", "server");

    private final HttpConnection connection;
    private final HttpServletResponse response;
    private long length = -1;
    private boolean chunked;
    private boolean last;

    RelayedResponse(HttpConnection connection, HttpServletResponse response) {
        this.connection = connection;
        this.response = response;
    }

    /** Passes it on, and gives whether the connection can be used again. */
    boolean pass(String method) throws IOException {
        int status = readHead();
        boolean empty = method.equals("HEAD") || status == 204 || status == 304;
        if (empty) {
            return !last;
        }
        if (chunked) {
            connection.readChunks(response.getOutputStream());
        } else if (length >= 0) {
            connection.readBody(length, response.getOutputStream());
        } else {
            connection.readToEnd(response.getOutputStream());
            return false;
        }
        return !last;
    }

    private int readHead() throws IOException {
        int status = status();
        while (status < 200) {
            while (!connection.readLine().isEmpty()) {
                continue;
            }
            status = status();
        }
        response.setStatus(status);
        for (String line = connection.readLine(); !line.isEmpty(); line = connection.readLine()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                header(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return status;
    }

    private int status() throws IOException {
        String line = connection.readLine();
        String[] parts = line.split(" ", 3);
        if (parts.length < 2 || !parts[1].matches("\\d{3}")) {
            throw new IOException("The process sent no status: " + line);
        }
        return Integer.parseInt(parts[1]);
    }

    private void header(String name, String value) {
        String known = name.toLowerCase(Locale.ROOT);
        switch (known) {
            case "content-length" -> {
                length = Long.parseLong(value);
                response.setContentLengthLong(length);
            }
            case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
            case "connection" -> last = value.equalsIgnoreCase("close");
            case "content-type" -> response.setContentType(value);
            default -> {
                if (!NOT_PASSED_ON.contains(known)) {
                    response.addHeader(name, value);
                }
            }
        }
    }
}
