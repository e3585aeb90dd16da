package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** One address that takes one file by an HTTP PUT. What it has got it says by its status, and cannot be asked for. */
final class PutTarget implements Target {

    private final URI url;
    private final HttpPlace place;
    private long sent;

    PutTarget(URI url, Duration patience) throws IOException {
        this.url = withoutLogin(url);
        this.place = new HttpPlace(this.url.resolve("."), login(url), Trust.usual(), patience);
    }

    private static URI withoutLogin(URI url) throws IOException {
        try {
            String raw = url.getRawSchemeSpecificPart();
            String userInfo = url.getRawUserInfo();
            return userInfo == null ? url : new URI(url.getScheme() + ":" + raw.replace(userInfo + "@", ""));
        } catch (URISyntaxException e) {
            throw new IOException("The address " + url.getHost() + " is none: " + e.getReason(), e);
        }
    }

    private static TargetLogin login(URI url) {
        String[] both = url.getUserInfo() == null
                ? new String[] {""}
                : url.getUserInfo().split(":", 2);
        return new TargetLogin(both[0], both.length > 1 ? both[1] : "");
    }

    @Override
    public List<Kept> list(String prefix) {
        return List.of(new Kept(prefix, sent, Instant.EPOCH));
    }

    @Override
    public Upload begin(String name) {
        String last = url.getRawPath().substring(url.getRawPath().lastIndexOf('/') + 1);
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        return new HttpUpload(place, last + query, new HttpUpload.Finish() {
            @Override
            public void complete(long bytes) {
                sent = bytes;
            }

            @Override
            public void abandon() {
                // A server that takes a PUT to its end only keeps none that was cut off.
            }
        });
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        throw new IOException("Nothing can be read from " + describe());
    }

    @Override
    public void delete(String name) throws IOException {
        throw new IOException("Nothing can be deleted from " + describe());
    }

    @Override
    public String describe() {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getPath();
    }

    @Override
    public void close() {
        place.close();
    }
}
