package platform.backup.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.backup.api.MoveRequest;
import platform.backup.archive.MoveMessage.Phase;
import platform.backup.archive.MoveMessage.State;

/** The other platform, as the one that sends an instance sees it. What fails for a moment is done again. */
final class MoveClient implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MoveClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(50);

    private final MoveRequest request;
    private final HttpPlace place;
    private final Retry retry;
    private long sent;

    MoveClient(MoveRequest request, Retry retry) throws IOException {
        this.request = request;
        this.retry = retry;
        Trust trust = request.authorities().isPresent()
                ? Trust.of(request.authorities().get())
                : Trust.usual();
        this.place = new HttpPlace(checked(request.platform()), new TargetLogin("", ""), trust, PATIENCE);
    }

    /** All passwords of the instance go there: nobody must listen. */
    private static URI checked(URI platform) {
        String scheme = String.valueOf(platform.getScheme());
        if (platform.getHost() == null || !scheme.matches("https?") || platform.getUserInfo() != null) {
            throw new BackupException("The address " + platform + " is no platform's. Give https://HOST:PORT");
        }
        if (scheme.equals("http") && !isThisMachine(platform.getHost())) {
            throw new BackupException(
                    "The address " + platform + " is without TLS, and would show all that the instance has"
                            + " to the network. Give https://HOST:PORT");
        }
        return platform.resolve("/api/move/");
    }

    private static boolean isThisMachine(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new BackupException("There is no host " + host + ". Look for a slip of the pen", e);
        }
    }

    /** Where what has that path there is reached. */
    URI address(String path) {
        return request.platform().resolve(path + "/");
    }

    State step(String step, Object message) throws IOException {
        return step(step, Format.write(message));
    }

    State step(String step) throws IOException {
        return step(step, new byte[0]);
    }

    private State step(String step, byte[] body) throws IOException {
        return retry.call("The move of " + request.instance() + " to " + request.platform(), () -> once(step, body));
    }

    private State once(String step, byte[] body) throws IOException {
        HttpPlace.Answer answer = place.send("POST", step, Map.of("Authorization", "Bearer " + request.ticket()), body);
        if (answer.status() == 200 || answer.status() == 409) {
            State state = Format.read(answer.text().getBytes(StandardCharsets.UTF_8), State.class);
            if (answer.status() == 409) {
                throw TargetException.lasting(request.platform() + ": " + state.message());
            }
            return state;
        }
        throw problem(answer.status());
    }

    private IOException problem(int status) {
        return switch (status) {
            case 401 ->
                TargetException.lasting(request.platform()
                        + " does not know the ticket, or its time is over. Have another one given there:"
                        + " instance:accept-move");
            case 403 -> TargetException.lasting(request.platform() + " takes moves over TLS only: use https://");
            case 404 -> TargetException.lasting(request.platform() + " takes no moves: is it an App Platform, and up?");
            default -> TargetException.passing(request.platform() + " answers with the status " + status);
        };
    }

    /** Sends a piece of what is sent now. */
    void send(byte[] bytes) throws IOException {
        step("data/" + sent, bytes);
        sent += bytes.length;
    }

    /** All of it is sent; returns how much that was. */
    long end() throws IOException {
        step("end");
        long all = sent;
        sent = 0;
        return all;
    }

    /** Waits until it is as far. */
    State await(Predicate<State> enough) throws IOException {
        while (true) {
            State state = step("state");
            if (enough.test(state)) {
                return state;
            }
            if (state.phase() == Phase.FAILED) {
                throw TargetException.lasting(request.platform() + ": " + state.message());
            }
            try {
                Thread.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("It was cancelled");
            }
        }
    }

    /** Does a step once; empty when nobody answers. */
    Optional<State> ask(String step) {
        try {
            return Optional.of(once(step, new byte[0]));
        } catch (IOException e) {
            LOG.debug("{} does not answer", request.platform(), e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        place.close();
    }
}
