package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** One PUT that is sent while it is written. What makes the file appear under its name is up to whoever began it. */
final class HttpUpload extends Upload {

    private static final int PART = 64 << 10;

    private final HttpPlace place;
    private final String sentAs;
    private final Finish finish;
    private final PipedBody body = new PipedBody();
    private final CompletableFuture<HttpResponse<InputStream>> answer;
    private byte[] part = new byte[PART];
    private int filled;
    private long bytes;
    private boolean sent;
    private boolean completed;

    /** @param sentAs the name on the server while it is written */
    HttpUpload(HttpPlace place, String sentAs, Finish finish) {
        this.place = place;
        this.sentAs = sentAs;
        this.finish = finish;
        this.answer = place.put(sentAs, body);
        answer.whenComplete((response, failure) -> body.finish());
    }

    /** The last step of an upload, and what is left to do when there will be none. */
    interface Finish {

        /** All bytes are on the server. May be called again after a failure. */
        void complete(long bytes) throws IOException;

        void abandon() throws IOException;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, PART - filled);
            System.arraycopy(from, offset + done, part, filled, count);
            filled += count;
            done += count;
            if (filled == PART) {
                send();
            }
        }
    }

    private void send() throws IOException {
        if (sent) {
            throw new IOException("The upload has been completed");
        }
        if (answer.isDone()) {
            early();
        }
        if (!body.add(ByteBuffer.wrap(part, 0, filled), place.patience())) {
            throw TargetException.passing("PUT " + place.uri(sentAs) + ": the server has taken nothing for "
                    + place.patience().toSeconds() + " s.");
        }
        bytes += filled;
        part = new byte[PART];
        filled = 0;
    }

    /** The server answered before it had all, or is gone. */
    private void early() throws IOException {
        check(place.await("PUT " + place.uri(sentAs), answer));
        throw TargetException.passing("PUT " + place.uri(sentAs) + " was answered before all was sent.");
    }

    private void check(HttpResponse<InputStream> response) throws IOException {
        response.body().close();
        if (response.statusCode() < 200 || response.statusCode() >= 300) {
            throw HttpProblem.of("PUT", place.uri(sentAs), response.statusCode(), response.headers());
        }
    }

    @Override
    void complete() throws IOException {
        if (!sent) {
            finishSending();
        }
        finish.complete(bytes);
        completed = true;
    }

    private void finishSending() throws IOException {
        if (filled > 0) {
            send();
        }
        body.end();
        try {
            check(place.await("PUT " + place.uri(sentAs), answer));
        } catch (TargetException e) {
            // What was sent is gone: only the caller can send it again.
            throw TargetException.lasting(e.getMessage(), e);
        }
        sent = true;
        part = Arrays.copyOf(part, 0);
    }

    @Override
    public void close() {
        if (completed) {
            return;
        }
        completed = true;
        if (!sent) {
            body.fail(new IOException("The upload was given up"));
            answer.cancel(true);
        }
        Abandoned.clear(sentAs, finish::abandon);
    }
}
