package platform.core.itest;

import java.net.URI;

/**
 * The path on which hello sends WebSocket messages back.
 *
 * @param uri its address, by HTTP
 */
record SocketEcho(URI uri) {

    RawRequest request() {
        return new RawRequest(uri);
    }

    /** A connection, no request sent yet. */
    RawSocket connect() {
        return new RawSocket(uri);
    }

    /** An open WebSocket. */
    RawSocket open() {
        return open(request());
    }

    /** An open WebSocket, after the offer of an extension, accepted or not. */
    RawSocket open(String extensions) {
        return open(request().with(RawAnswer.EXTENSIONS, extensions));
    }

    private RawSocket open(RawRequest request) {
        RawSocket socket = connect();
        socket.send(request.bytes()).answer().mustBe(101);
        return socket;
    }

    /** What the server answers. */
    RawAnswer answer(RawRequest request) {
        try (RawSocket socket = connect()) {
            return socket.send(request.bytes()).answer();
        }
    }
}
