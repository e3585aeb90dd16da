package app.files;

import java.util.Base64;

/**
 * The bytes of a file, which never change.
 *
 * @param id the row
 * @param size in bytes
 * @param etag strong (RFC 9110 8.8.3), made from the SHA-256 of the bytes, in its quotes
 */
record Content(long id, long size, String etag) {

    static Content of(long id, long size, byte[] sha256) {
        return new Content(
                id, size, '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(sha256) + '"');
    }
}
