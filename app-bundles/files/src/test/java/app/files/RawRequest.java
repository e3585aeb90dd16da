package app.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A PUT that is sent bit by bit over a socket of its own. */
final class RawRequest implements AutoCloseable {

    private final Socket socket;

    RawRequest(TestServer server, String rawPath, String... headers) throws IOException {
        socket = new Socket("127.0.0.1", server.port());
        socket.setSoTimeout(30_000);
        StringBuilder head = new StringBuilder("PUT /example.com/acme" + rawPath + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Authorization: " + Client.AUTHORIZATION + "\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        send(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    }

    RawRequest send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** The status of the next answer. */
    int status() throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        String line = reader.readLine();
        return Integer.parseInt(line.split(" ")[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
