package platform.backup.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object on its way to an S3 service: in one piece when it is small, in parts otherwise. A part is in memory until it has
 * arrived, so that it can be sent again. The size of parts grows with their number: 10,000 of them, which is what services allow,
 * are 280 GB, and no part needs more than 32 MB.
 */
final class S3Upload extends Upload {

    private static final int SMALLEST = 8 << 20;
    private static final int LARGEST = 32 << 20;
    private static final int MOST_PARTS = 10_000;

    private final S3Target target;
    private final S3Client client;
    private final String bucket;
    private final String key;
    private final Retry retry;
    private final List<CompletedPart> parts = new ArrayList<>();
    private byte[] part = new byte[64 << 10];
    private int filled;
    private String id;
    private boolean over;

    S3Upload(S3Target target, S3Client client, String bucket, String key, Retry retry) {
        this.target = target;
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.retry = retry;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int full = partSize();
            int count = Math.min(length - done, full - filled);
            makeRoom(filled + count, full);
            System.arraycopy(from, offset + done, part, filled, count);
            filled += count;
            done += count;
            if (filled == full) {
                sendPart();
            }
        }
    }

    private int partSize() {
        return Math.min(LARGEST, SMALLEST << Math.min(2, parts.size() / 1000));
    }

    private void makeRoom(int needed, int full) {
        if (needed > part.length) {
            byte[] larger = new byte[Math.min(full, Math.max(needed, part.length * 4))];
            System.arraycopy(part, 0, larger, 0, filled);
            part = larger;
        }
    }

    private void sendPart() throws IOException {
        if (parts.size() == MOST_PARTS) {
            throw TargetException.lasting("The backup is larger than an object of S3 in " + MOST_PARTS
                    + " parts can be, 280 GB. Use a target of another kind for it.");
        }
        if (id == null) {
            id = sent(() -> client.createMultipartUpload(
                            request -> request.bucket(bucket).key(key))
                    .uploadId());
        }
        int number = parts.size() + 1;
        String md5 = md5();
        String tag = sent(() -> client.uploadPart(
                        request -> request.bucket(bucket)
                                .key(key)
                                .uploadId(id)
                                .partNumber(number)
                                .contentMD5(md5),
                        body())
                .eTag());
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        filled = 0;
    }

    private <T> T sent(Supplier<T> work) throws IOException {
        return retry.call("Writing " + key + " to " + target.describe(), () -> target.explained("write", key, work));
    }

    private RequestBody body() {
        int length = filled;
        return RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(part, 0, length), length, "application/octet-stream");
    }

    /** The one checksum that every S3 service checks. */
    private String md5() {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            digest.update(part, 0, filled);
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no MD5", e);
        }
    }

    @Override
    void complete() throws IOException {
        if (id == null) {
            String md5 = md5();
            sent(() ->
                    client.putObject(request -> request.bucket(bucket).key(key).contentMD5(md5), body()));
        } else {
            if (filled > 0) {
                sendPart();
            }
            sent(() -> client.completeMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(id).multipartUpload(all -> all.parts(parts))));
        }
        over = true;
    }

    @Override
    public void close() {
        boolean isLeft = !over && id != null;
        over = true;
        part = new byte[0];
        if (isLeft) {
            Abandoned.clear(key, () -> target.abort(key, id));
        }
    }
}
