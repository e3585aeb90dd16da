package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder on a WebDAV server (RFC 4918). A file is sent under a name of its own beside its place, and moved there when the server
 * has all of it.
 */
final class WebDavTarget implements Target {

    private static final Logger LOG = LoggerFactory.getLogger(WebDavTarget.class);
    private static final Duration LEFTOVER = Duration.ofDays(1);
    private static final int DEEPEST = 16;

    private final HttpPlace place;
    private final Clock clock;
    private final String root;
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    WebDavTarget(HttpPlace place, Clock clock) {
        this.place = place;
        this.clock = clock;
        this.root = place.base().getPath();
    }

    /** Whether the server lists folders; one that only takes and gives files does not. */
    static boolean isServedBy(HttpPlace place) throws IOException {
        HttpPlace.Answer answer = propfind(place, "", "0");
        if (answer.status() == 207 || answer.isMissing()) {
            return true;
        }
        if (answer.status() == 405 || answer.status() == 501 || answer.status() == 400) {
            return false;
        }
        throw problem(place, "PROPFIND", "", answer);
    }

    private static HttpPlace.Answer propfind(HttpPlace place, String name, String depth) throws IOException {
        Map<String, String> headers = Map.of("Depth", depth, "Content-Type", "application/xml; charset=utf-8");
        return place.send("PROPFIND", name, headers, DavListing.QUERY);
    }

    private static TargetException problem(HttpPlace place, String method, String name, HttpPlace.Answer answer) {
        return HttpProblem.of(
                method, place.uri(name), answer.status(), answer.response().headers());
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        List<Kept> found = new ArrayList<>();
        collect(TargetNames.folder(prefix), prefix, 0, found);
        found.sort(Comparator.comparing(Kept::name));
        return found;
    }

    private void collect(String folder, String prefix, int depth, List<Kept> found) throws IOException {
        for (DavListing.Entry entry : entries(folder)) {
            String name = entry.path().substring(root.length());
            if (!TargetNames.isName(name)) {
                continue;
            }
            if (!entry.folder() && name.startsWith(prefix)) {
                found.add(new Kept(name, entry.bytes(), entry.modified()));
            } else if (entry.folder() && depth < DEEPEST && mayHold(name + "/", prefix)) {
                collect(name + "/", prefix, depth + 1, found);
            }
        }
    }

    private static boolean mayHold(String folder, String prefix) {
        return folder.startsWith(prefix) || prefix.startsWith(folder);
    }

    /** What lies directly in the folder, unfinished files too; nothing when it is not there. */
    private List<DavListing.Entry> entries(String folder) throws IOException {
        HttpPlace.Answer answer = propfind(place, folder, "1");
        if (answer.isMissing()) {
            return List.of();
        }
        if (answer.status() != 207) {
            throw problem(place, "PROPFIND", folder, answer);
        }
        return DavListing.parse(place.uri(folder), answer.text()).stream()
                .filter(entry -> entry.path().startsWith(root + folder))
                .filter(entry -> entry.path().length() > (root + folder).length())
                .toList();
    }

    @Override
    public Upload begin(String name) throws IOException {
        String sentAs = TargetNames.unfinished(name);
        prepare(TargetNames.folder(name));
        return new HttpUpload(place, sentAs, new HttpUpload.Finish() {
            @Override
            public void complete(long bytes) throws IOException {
                move(sentAs, name, bytes);
            }

            @Override
            public void abandon() throws IOException {
                delete(sentAs);
            }
        });
    }

    /** Makes the folder, and removes what was left in it. */
    private synchronized void prepare(String folder) throws IOException {
        if (made.contains(folder)) {
            return;
        }
        make("");
        for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
            make(folder.substring(0, slash + 1));
        }
        for (DavListing.Entry entry : entries(folder)) {
            String name = entry.path().substring(root.length());
            if (!entry.folder() && TargetNames.isUnfinished(name) && isOld(entry)) {
                LOG.info("Removing {} of {}, left by an upload that was cut off", name, describe());
                delete(name);
            }
        }
        made.add(folder);
    }

    private boolean isOld(DavListing.Entry entry) {
        return entry.modified().plus(LEFTOVER).isBefore(clock.instant());
    }

    private void make(String folder) throws IOException {
        if (propfind(place, folder, "0").status() == 207) {
            return;
        }
        HttpPlace.Answer answer = place.send("MKCOL", folder);
        // 405: somebody else was faster.
        if (!answer.isGood() && answer.status() != 405) {
            throw problem(place, "MKCOL", folder, answer);
        }
    }

    private void move(String sentAs, String name, long bytes) throws IOException {
        Map<String, String> headers = Map.of("Destination", place.uri(name).toASCIIString(), "Overwrite", "T");
        HttpPlace.Answer answer = place.send("MOVE", sentAs, headers, "");
        // Gone already: an earlier attempt may have moved it, and its answer been lost.
        boolean moved = answer.isGood() || answer.isMissing() && size(name) == bytes;
        if (!moved) {
            throw problem(place, "MOVE", sentAs, answer);
        }
        if (size(name) != bytes) {
            throw TargetException.lasting("The server has " + size(name) + " bytes of " + place.uri(name)
                    + " instead of " + bytes + ". Its disk or a proxy before it cut it off.");
        }
    }

    private long size(String name) throws IOException {
        HttpPlace.Answer answer = propfind(place, name, "0");
        if (answer.status() != 207) {
            return -1;
        }
        return DavListing.parse(place.uri(name), answer.text()).stream()
                .mapToLong(DavListing.Entry::bytes)
                .findFirst()
                .orElse(-1);
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        return place.get(TargetNames.check(name), offset);
    }

    @Override
    public void delete(String name) throws IOException {
        HttpPlace.Answer answer = place.send("DELETE", name);
        if (!answer.isGood() && !answer.isMissing()) {
            throw problem(place, "DELETE", name, answer);
        }
    }

    @Override
    public String describe() {
        return place.base().toString();
    }

    @Override
    public void close() {
        place.close();
    }
}
