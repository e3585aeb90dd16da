package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FormerCacheTest {

    @TempDir
    Path temp;

    private DataFolder data;
    private Path cache;

    @BeforeEach
    void fill() throws IOException {
        data = DataFolder.open(temp);
        cache = data.path("cache/framework");
        Files.createDirectories(cache.resolve("bundle1/version0.0"));
        Files.writeString(cache.resolve("bundle1/bundle.info"), "1");
        Files.writeString(data.path("cache/framework.txt"), "not a cache");
    }

    @Test
    void itIsOutOfTheWayAtOnce() throws IOException {
        FormerCache.setAside(data);

        assertThat(cache).doesNotExist();
        assertThat(entries()).isEqualTo(2);
    }

    @Test
    void whereThereIsNoneNothingHappens() throws IOException {
        Folders.delete(cache);

        FormerCache.setAside(data);

        assertThat(entries()).isEqualTo(1);
    }

    @Test
    @Timeout(30)
    void whatWasPutAsideNowAndBeforeIsRemoved() throws Exception {
        FormerCache.setAside(data);
        fill();
        FormerCache.setAside(data);
        fill();

        FormerCache.removeLater(data).join();

        assertThat(entries()).isEqualTo(2);
        assertThat(cache.resolve("bundle1/bundle.info")).exists();
        assertThat(data.path("cache/framework.txt")).exists();
    }

    private long entries() throws IOException {
        try (Stream<Path> files = Files.list(data.path("cache"))) {
            return files.count();
        }
    }
}
