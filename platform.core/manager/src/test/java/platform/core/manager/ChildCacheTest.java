package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildCacheTest {

    @TempDir
    Path folder;

    private final Queue<Runnable> background = new ArrayDeque<>();
    private final List<Path> recorded = new ArrayList<>();
    private Path jar;
    private boolean fails;
    private boolean cancelled;

    @BeforeEach
    void jar() throws IOException {
        jar = Files.writeString(folder.resolve("a.jar"), "content");
    }

    private ChildCache cache(int javaVersion) {
        ChildCache.Recording recording = new ChildCache.Recording() {
            @Override
            public void record(Path cache) throws IOException {
                recorded.add(cache);
                if (fails || cancelled) {
                    throw new IOException("the JVM ended");
                }
                Files.writeString(cache, "classes");
            }

            @Override
            public void cancel() {
                cancelled = true;
            }
        };
        return new ChildCache(new PlatformFolders(folder), List.of(jar), background::add, javaVersion, () -> recording);
    }

    private void runBackground() {
        for (Runnable task = background.poll(); task != null; task = background.poll()) {
            task.run();
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            return files.toList();
        }
    }

    @Test
    void itIsMadeOnceInTheBackgroundAndServesFromThenOn() throws IOException {
        ChildCache cache = cache(25);
        assertThat(cache.ready()).isEmpty();
        assertThat(cache.ready()).isEmpty();
        assertThat(recorded).isEmpty();

        runBackground();

        assertThat(cache.ready()).hasValueSatisfying(it -> assertThat(it).hasContent("classes"));
        assertThat(cache(25).ready()).isEqualTo(cache.ready());
        assertThat(recorded).hasSize(1);
        assertThat(files()).hasSize(2);
    }

    @Test
    void aDamagedOneIsNotUsedAndMadeAnew() throws IOException {
        cache(25).ready();
        runBackground();
        Path made = cache(25).ready().orElseThrow();
        Files.writeString(made, "cl");

        ChildCache next = cache(25);

        assertThat(next.ready()).isEmpty();
        runBackground();
        assertThat(next.ready()).isPresent();
    }

    @Test
    void otherJarsHaveAnotherOneAndTheFormerIsRemoved() throws IOException {
        ChildCache cache = cache(25);
        cache.ready();
        runBackground();
        Path former = cache.ready().orElseThrow();
        Files.writeString(jar, "other content");

        assertThat(cache.ready()).isEmpty();
        runBackground();

        assertThat(cache.ready()).isPresent();
        assertThat(former).doesNotExist();
    }

    @Test
    void oneThatCannotBeMadeIsNotTriedAgain() {
        fails = true;
        cache(25).ready();
        runBackground();

        assertThat(cache(25).ready()).isEmpty();
        runBackground();
        assertThat(recorded).hasSize(1);
    }

    @Test
    void aPlatformThatStopsEndsTheMakingAndTheNextOneTriesAgain() {
        ChildCache stopped = cache(25);
        stopped.ready();
        stopped.close();
        runBackground();
        cancelled = false;

        cache(25).ready();
        runBackground();

        assertThat(cache(25).ready()).isPresent();
    }

    @Test
    void anOlderJavaHasNone() {
        assertThat(cache(17).ready()).isEmpty();
        assertThat(background).isEmpty();
    }
}
