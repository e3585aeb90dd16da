package platform.core.shell;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import platform.core.api.Platform;

/** A platform that only notes what it is asked for. */
final class FakePlatform implements Platform {

    volatile Path data = Path.of("/var/platform");
    volatile boolean stopping;
    volatile int rotations;

    @Override
    public String version() {
        return "9.9.9";
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public Instant started() {
        return FakeServices.SINCE;
    }

    @Override
    public List<URI> addresses() {
        return List.of(URI.create("http://localhost:8080"), URI.create("https://localhost:8443"));
    }

    @Override
    public Map<String, Long> refusals() {
        return Map.of("URIs too long", 2L);
    }

    @Override
    public void rotateDatabasePasswords() {
        rotations++;
    }

    @Override
    public void shutdown() {
        stopping = true;
    }
}
