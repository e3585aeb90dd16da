package platform.core.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A message on a WebSocket that stays, and must come back; opened again after it has failed. */
final class EchoQuestion implements Neighbour.Question {

    private final HttpClient client;
    private final URI uri;
    private final Duration patience;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private WebSocket socket;
    private long sent;

    EchoQuestion(HttpClient client, URI uri, Duration patience) {
        this.client = client;
        this.uri = uri;
        this.patience = patience;
    }

    @Override
    public void ask() throws Exception {
        boolean good = false;
        try {
            if (socket == null) {
                open();
            }
            String message = "message " + ++sent;
            socket.sendText(message, true).get(patience.toSeconds(), TimeUnit.SECONDS);
            String answer = heard.poll(patience.toSeconds(), TimeUnit.SECONDS);
            if (!message.equals(answer)) {
                throw new IOException("answered '" + answer + "' to '" + message + "'");
            }
            good = true;
        } finally {
            if (!good && socket != null) {
                socket.abort();
                socket = null;
            }
        }
    }

    private void open() throws Exception {
        heard.clear();
        socket = client.newWebSocketBuilder()
                .connectTimeout(patience)
                .buildAsync(uri, new Listener())
                .get(patience.toSeconds(), TimeUnit.SECONDS);
    }

    /** A message may come in pieces. */
    private final class Listener implements WebSocket.Listener {

        private final StringBuilder message = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
            message.append(piece);
            if (last) {
                heard.add(message.toString());
                message.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add("closed with " + code + " " + reason);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            heard.add("broken: " + error);
        }
    }
}
