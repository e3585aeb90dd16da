package platform.core.state;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.PlatformException;

/** What a document names and does not hold: files on the platform's machine, relative ones in the data folder, and addresses. */
record StateSource(Path data, boolean readsMachine) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NOT_READ =
            "The file is on the platform's machine, where only the shell reads: ./platform"
                    + " apply, or state:apply over SSH.";

    static boolean isAddress(String place) {
        return place.startsWith("https://") || place.startsWith("http://");
    }

    /** Why there is nothing to be had from there, as far as that can be seen without asking; empty when there may be. */
    Optional<String> problem(String place) {
        try {
            if (isAddress(place)) {
                URI address = URI.create(place);
                return address.getHost() == null || address.getUserInfo() != null
                        ? Optional.of(InstanceId.quoted(place)
                                + " is no address without a password: https://example.com/files.jar")
                        : Optional.empty();
            }
            if (!readsMachine) {
                return Optional.of(NOT_READ);
            }
            return Files.isReadable(data.resolve(place))
                    ? Optional.empty()
                    : Optional.of("The platform's user cannot read the file " + data.resolve(place) + ".");
        } catch (IllegalArgumentException e) {
            return Optional.of(InstanceId.quoted(place) + " is neither a file nor an address.");
        }
    }

    /**
     * @throws PlatformException INVALID when it is a file that may not be read; FAILED when the address does not give it, or nobody waits any more
     */
    InputStream open(String place) throws IOException {
        if (!isAddress(place) && !readsMachine) {
            throw PlatformException.invalid(NOT_READ);
        }
        try {
            return isAddress(place) ? fetch(URI.create(place)) : Files.newInputStream(data.resolve(place));
        } catch (InvalidPathException e) {
            throw new IOException("That is no name of a file", e);
        }
    }

    private static InputStream fetch(URI address) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(
                    HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                answer.body().close();
                throw new IOException("It answers with the status " + answer.statusCode());
            }
            return answer.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PlatformException.failed("The download of " + address + " was cancelled.", e);
        }
    }

    static PlatformException unreadable(String place, IOException e) {
        return PlatformException.failed(InstanceId.quoted(place) + " cannot be read: " + e.getMessage() + ".", e);
    }
}
