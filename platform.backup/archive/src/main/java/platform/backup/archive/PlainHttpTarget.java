package platform.backup.archive;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A web server that takes files by PUT and gives them by GET, and knows neither folders nor lists. What is there is in an index,
 * which is written in turns under two names: one of them is whole whenever a write is cut off. A file goes to a name that was never
 * used; it is there when the index says so. The place belongs to one platform.
 */
final class PlainHttpTarget implements Target {

    private static final Logger LOG = LoggerFactory.getLogger(PlainHttpTarget.class);
    private static final Duration LEFTOVER = Duration.ofDays(1);

    private final HttpPlace place;
    private final Clock clock;

    PlainHttpTarget(HttpPlace place, Clock clock) {
        this.place = place;
        this.clock = clock;
    }

    @Override
    public List<Kept> list(String prefix) throws IOException {
        return index().files().entrySet().stream()
                .filter(file -> file.getKey().startsWith(prefix))
                .map(file -> new Kept(
                        file.getKey(), file.getValue().bytes(), file.getValue().modified()))
                .toList();
    }

    private synchronized PlainIndex index() throws IOException {
        Optional<String> even = text(0);
        Optional<String> odd = text(1);
        Optional<PlainIndex> newest = Stream.of(even, odd)
                .flatMap(Optional::stream)
                .map(PlainIndex::parse)
                .flatMap(Optional::stream)
                .max((a, b) -> Long.compare(a.serial(), b.serial()));
        boolean isFirst = even.isEmpty() && odd.isEmpty()
                // The very first one was cut off.
                || odd.isPresent() && even.isEmpty() && newest.isEmpty();
        if (newest.isEmpty() && !isFirst) {
            throw TargetException.lasting("The index of " + describe() + " is damaged: neither " + name(0) + " nor "
                    + name(1) + " is whole. Restore one of them, or use an empty folder.");
        }
        return newest.orElseGet(PlainIndex::empty);
    }

    private static String name(long serial) {
        return "index~" + serial % 2;
    }

    private Optional<String> text(long serial) throws IOException {
        HttpPlace.Answer answer = place.send("GET", name(serial));
        if (answer.isMissing()) {
            return Optional.empty();
        }
        require("GET", name(serial), answer);
        return Optional.of(answer.text());
    }

    private void require(String method, String name, HttpPlace.Answer answer) throws IOException {
        if (!answer.isGood()) {
            throw HttpProblem.of(
                    method, place.uri(name), answer.status(), answer.response().headers());
        }
    }

    private synchronized void change(Consumer<PlainIndex> change) throws IOException {
        PlainIndex next = index().next();
        change.accept(next);
        String name = name(next.serial());
        require("PUT", name, place.send("PUT", name, Map.of("Content-Type", "text/plain; charset=utf-8"), next.text()));
        if (!text(next.serial()).equals(Optional.of(next.text()))) {
            throw TargetException.lasting("The server gives back something else than was written to " + place.uri(name)
                    + ". Take away whatever caches or changes it.");
        }
    }

    @Override
    public Upload begin(String name) throws IOException {
        String object = TargetNames.unfinished(name).replace('/', '~');
        removeLeftovers();
        change(index -> index.begun().put(object, clock.instant()));
        return new HttpUpload(place, object, new HttpUpload.Finish() {
            @Override
            public void complete(long bytes) throws IOException {
                publish(name, object, bytes);
            }

            @Override
            public void abandon() throws IOException {
                // It may have been published although the answer was lost.
                boolean isThere = index().files().values().stream()
                        .anyMatch(file -> file.object().equals(object));
                if (!isThere) {
                    remove(object);
                }
            }
        });
    }

    private void removeLeftovers() throws IOException {
        Instant old = clock.instant().minus(LEFTOVER);
        for (Map.Entry<String, Instant> begun : index().begun().entrySet()) {
            if (begun.getValue().isBefore(old)) {
                LOG.info("Removing {} of {}, left by an upload that was cut off", begun.getKey(), describe());
                remove(begun.getKey());
            }
        }
    }

    private void publish(String name, String object, long bytes) throws IOException {
        HttpPlace.Answer head = place.send("HEAD", object);
        require("HEAD", object, head);
        long there =
                head.response().headers().firstValueAsLong("Content-Length").orElse(bytes);
        if (there != bytes) {
            throw TargetException.lasting("The server has " + there + " bytes of " + place.uri(object) + " instead of "
                    + bytes + ". Its disk or a proxy before it cut it off.");
        }
        PlainIndex.File former = index().files().get(name);
        Instant now = clock.instant();
        change(index -> {
            index.begun().remove(object);
            index.files().put(name, new PlainIndex.File(object, bytes, now));
        });
        if (former != null && !former.object().equals(object)) {
            deleteObject(former.object());
        }
    }

    /** An object that no name stands for. */
    private void remove(String object) throws IOException {
        deleteObject(object);
        change(index -> index.begun().remove(object));
    }

    private void deleteObject(String object) throws IOException {
        HttpPlace.Answer answer = place.send("DELETE", object);
        if (!answer.isMissing()) {
            require("DELETE", object, answer);
        }
    }

    @Override
    public InputStream read(String name, long offset) throws IOException {
        PlainIndex.File file = index().files().get(TargetNames.check(name));
        if (file == null) {
            throw TargetException.lasting("There is no file " + name + " on " + describe() + ".");
        }
        return place.get(file.object(), offset);
    }

    @Override
    public void delete(String name) throws IOException {
        PlainIndex.File file = index().files().get(name);
        if (file == null) {
            return;
        }
        Instant now = clock.instant();
        change(index -> {
            index.files().remove(name);
            index.begun().put(file.object(), now);
        });
        remove(file.object());
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
