package platform.backup.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import platform.backup.api.BackupException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes the target that a specification describes. */
final class TargetConnector {

    private static final int SSH_PORT = 22;
    /** A part of 32 MB at 100 KB/s takes half of it. */
    private static final Duration LONGEST_PART = Duration.ofMinutes(10);

    private final Clock clock;
    private final Duration patience;
    private final Folders folders;

    /** @param patience how long a server may do nothing */
    TargetConnector(Clock clock, Duration patience, Folders folders) {
        this.clock = clock;
        this.patience = patience;
        this.folders = folders;
    }

    /** Makes the target of a folder. */
    interface Folders {
        Target open(Path folder) throws IOException;
    }

    /** The target with all its virtues: retries, reads that go on, and the limit of its bandwidth. */
    Target connect(TargetSpec spec, Retry retry) throws IOException {
        Target target = new RetryingTarget(plain(spec, retry), retry);
        long limit = spec.info().bytesPerSecond();
        return limit == 0
                ? target
                : new LimitedTarget(target, new BandwidthLimit(limit, System::nanoTime, Retry.Pause.real()));
    }

    private Target plain(TargetSpec spec, Retry retry) throws IOException {
        return switch (spec.uri().getScheme()) {
            case "file" -> folders.open(spec.folder());
            case "sftp" -> ssh(spec);
            case "s3" -> s3(spec, retry);
            default -> web(spec, retry);
        };
    }

    private Target web(TargetSpec spec, Retry retry) throws IOException {
        HttpPlace place = new HttpPlace(spec.uri(), spec.login(), trust(spec), patience);
        try {
            boolean isDav = retry.call("Asking " + spec.uri(), () -> WebDavTarget.isServedBy(place));
            return isDav ? new WebDavTarget(place, clock) : new PlainHttpTarget(place, clock);
        } catch (IOException e) {
            place.close();
            throw e;
        }
    }

    private Target ssh(TargetSpec spec) {
        URI uri = spec.uri();
        String hostKey = spec.info().hostKey().orElseThrow();
        SftpSession session = new SftpSession(uri.getHost(), port(uri), spec.login(), hostKey, patience);
        String path = uri.getPath();
        return new SftpTarget(
                session,
                path.startsWith("/~/") ? "./" + path.substring(3) : path,
                spec.info().address(),
                clock);
    }

    /**
     * Looks whether it is said which key an SSH server has.
     *
     * @throws BackupException when it is not; the message tells the one that the server shows
     */
    void requireHostKey(TargetSpec spec) {
        if (spec.uri().getScheme().equals("sftp") && spec.info().hostKey().isEmpty()) {
            throw new BackupException(unknownHost(spec));
        }
    }

    private String unknownHost(TargetSpec spec) {
        try {
            String shown = hostKey(spec.uri());
            return "The SSH server shows a key with the fingerprint " + shown
                    + ". Compare it on the server (ssh-keygen -l -f"
                    + " /etc/ssh/ssh_host_ed25519_key.pub); if it is the same, say so with --host-key " + shown;
        } catch (IOException e) {
            return "The fingerprint of the SSH server's key is missing, and the server cannot be asked: "
                    + e.getMessage();
        }
    }

    /** The fingerprint of the key that the SSH server shows. */
    String hostKey(URI uri) throws IOException {
        return SftpSession.hostKey(uri.getHost(), port(uri), patience);
    }

    private static int port(URI uri) {
        return uri.getPort() < 0 ? SSH_PORT : uri.getPort();
    }

    private Target s3(TargetSpec spec, Retry retry) throws IOException {
        String prefix = spec.uri().getPath().substring(1);
        return new S3Target(
                s3Client(spec), spec.uri().getAuthority(), prefix, spec.info().address(), retry, clock);
    }

    /** One that asks neither the environment nor the files of the platform's user, and leaves retries to us. */
    private S3Client s3Client(TargetSpec spec) throws IOException {
        UrlConnectionHttpClient.Builder http =
                UrlConnectionHttpClient.builder().connectionTimeout(patience).socketTimeout(patience);
        trust(spec).managers().ifPresent(managers -> http.tlsTrustManagersProvider(() -> managers));
        TargetLogin login = spec.login();
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(http)
                .region(Region.of(spec.region()))
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(login.user(), login.secret())))
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .apiCallAttemptTimeout(LONGEST_PART)
                        .retryStrategy(DefaultRetryStrategy.doNotRetry())
                        .defaultProfileFile(ProfileFile.aggregator().build())
                        .build())
                .defaultsMode(DefaultsMode.STANDARD)
                // A signature in each chunk of a body ends up in the object on services that do not know them.
                .serviceConfiguration(S3Configuration.builder()
                        .chunkedEncodingEnabled(false)
                        .pathStyleAccessEnabled(true)
                        .build())
                .disableS3ExpressSessionAuth(true)
                // The newer checksums are unknown to many services; each part has its MD5.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        spec.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static Trust trust(TargetSpec spec) throws IOException {
        Optional<Path> authorities = spec.info().authorities();
        return authorities.isPresent() ? Trust.of(authorities.get()) : Trust.usual();
    }
}
