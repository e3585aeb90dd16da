package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of an S3 service, or what begins so in it. An object is there when the service has all of it; a large one is sent in
 * parts, each with its checksum.
 */
final class S3Target implements Target {

    private static final Logger LOG = LoggerFactory.getLogger(S3Target.class);
    private static final Duration LEFTOVER = Duration.ofDays(1);

    private final S3Client client;
    private final String bucket;
    private final String root;
    private final String description;
    private final Retry retry;
    private final Clock clock;
    private boolean swept;

    /**
     * @param root what the keys begin with; empty, or with a slash at its end
     * @param retry for the parts of an upload
     */
    S3Target(S3Client client, String bucket, String root, String description, Retry retry, Clock clock) {
        this.client = client;
        this.bucket = bucket;
        this.root = root;
        this.description = description;
        this.retry = retry;
        this.clock = clock;
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        List<Kept> found = new ArrayList<>();
        explained("list", prefix, () -> {
            for (S3Object object : client.listObjectsV2Paginator(
                            request -> request.bucket(bucket).prefix(root + prefix))
                    .contents()) {
                String name = object.key().substring(root.length());
                if (TargetNames.isName(name)) {
                    found.add(new Kept(name, object.size(), object.lastModified()));
                }
            }
            return found;
        });
        found.sort(Comparator.comparing(Kept::name));
        return found;
    }

    @Override
    public Upload begin(String name) throws IOException {
        TargetNames.check(name);
        removeLeftovers();
        return new S3Upload(this, client, bucket, root + name, retry);
    }

    /** What uploads left that were cut off costs money, and is seen in no list. */
    private synchronized void removeLeftovers() throws IOException {
        if (swept) {
            return;
        }
        try {
            for (MultipartUpload upload : leftovers()) {
                LOG.info("Removing {} of {}, left by an upload that was cut off", upload.key(), describe());
                abort(upload.key(), upload.uploadId());
            }
        } catch (TargetException e) {
            if (e.isPassing()) {
                throw e;
            }
            // Some services do not list uploads, or not for this key; the backup itself does not need it.
            LOG.warn("{} What uploads left that were cut off stays there.", e.getMessage());
        }
        swept = true;
    }

    private List<MultipartUpload> leftovers() throws IOException {
        Instant old = clock.instant().minus(LEFTOVER);
        return explained(
                "list the uploads of",
                root,
                () ->
                        client
                                .listMultipartUploadsPaginator(
                                        request -> request.bucket(bucket).prefix(root))
                                .uploads()
                                .stream()
                                .filter(upload -> upload.initiated().isBefore(old))
                                .toList());
    }

    void abort(String key, String id) throws IOException {
        explained(
                "abort the upload of",
                key,
                () -> client.abortMultipartUpload(
                        request -> request.bucket(bucket).key(key).uploadId(id)));
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        TargetNames.check(name);
        return explained("read", name, () -> {
            InputStream in = client.getObject(request ->
                    request.bucket(bucket).key(root + name).range(offset == 0 ? null : "bytes=" + offset + "-"));
            return in;
        });
    }

    @Override
    public void delete(String name) throws IOException {
        explained(
                "delete",
                name,
                () -> client.deleteObject(request -> request.bucket(bucket).key(root + name)));
    }

    /** What the client says is for programmers, and needs words. */
    <T> T explained(String verb, String name, Supplier<T> work) throws IOException {
        try {
            return work.get();
        } catch (S3Exception e) {
            String what = "Cannot " + verb + " " + name + " on " + description + ": " + meaning(e);
            boolean isPassing = e.statusCode() >= 500 && e.statusCode() != 501 && e.statusCode() != 507
                    || e.statusCode() == 429
                    || e.statusCode() == 408;
            throw isPassing ? TargetException.passing(what, e) : TargetException.lasting(what, e);
        } catch (SdkException e) {
            throw TargetException.passing(
                    "Cannot " + verb + " " + name + " on " + description + ": " + cause(e).getMessage(), e);
        }
    }

    private static Throwable cause(Throwable e) {
        return e.getCause() == null ? e : cause(e.getCause());
    }

    private String meaning(S3Exception e) {
        String code = e.awsErrorDetails() == null
                ? ""
                : String.valueOf(e.awsErrorDetails().errorCode());
        return switch (code) {
            case "NoSuchBucket" -> "there is no bucket " + bucket + ". Make it, or check the name.";
            case "NoSuchKey" -> "there is no such object.";
            case "InvalidAccessKeyId" -> "the access key is unknown. Check the user of the address.";
            case "SignatureDoesNotMatch" -> "the secret of the access key is wrong. Give the right one.";
            case "AccessDenied" -> "it is forbidden. Let this key list, get, put and delete in the bucket.";
            case "RequestTimeTooSkewed" -> "this machine's clock is wrong. Set it.";
            case "AuthorizationHeaderMalformed", "PermanentRedirect" ->
                "the bucket is in another region. Add ?region= to the address. (" + e.getMessage() + ")";
            default -> e.statusCode() + " " + code + ". The service's log says more. (" + e.getMessage() + ")";
        };
    }

    @Override
    public String describe() {
        return description;
    }

    @Override
    public void close() {
        client.close();
    }
}
