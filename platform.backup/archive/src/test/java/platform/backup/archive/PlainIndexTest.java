package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainIndexTest {

    private final PlainIndex index = new PlainIndex(
            3,
            Map.of("a@b/c", new PlainIndex.File("a@b~c~1", 7, Instant.EPOCH)),
            Map.of("d~2", Instant.parse("2026-11-27T08:00:00.5Z")));

    @Test
    void itIsReadAsItWasWritten() {
        assertThat(PlainIndex.parse(index.text())).contains(index);
        assertThat(PlainIndex.parse(PlainIndex.empty().text())).contains(PlainIndex.empty());
    }

    @Test
    void whateverIsMissingOrChangedIsFound() {
        String text = index.text();
        for (int i = 0; i < text.length(); i++) {
            assertThat(PlainIndex.parse(text.substring(0, i)))
                    .as("cut at %s", i)
                    .isEmpty();
            String changed = text.substring(0, i) + (char) (text.charAt(i) ^ 1) + text.substring(i + 1);
            assertThat(PlainIndex.parse(changed)).as("changed at %s", i).isEmpty();
        }
    }
}
