package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTargetTest {

    @TempDir
    Path folder;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> names(FolderTarget target, String prefix) throws IOException {
        return target.list(prefix).stream().map(Target.Kept::name).toList();
    }

    @Test
    void aFileIsThereWhenItIsCompleteAndNotBefore() throws IOException {
        FolderTarget target = new FolderTarget(folder.resolve("made"));
        assertThat(target.list("")).isEmpty();

        try (Upload upload = target.begin("a@b/one")) {
            upload.write(bytes("content"));
            assertThat(target.list("")).isEmpty();
            upload.complete();
        }
        try (Upload cut = target.begin("a@b/two")) {
            cut.write(bytes("half"));
        }
        try (Upload again = target.begin("a@b/one")) {
            again.write(bytes("other"));
        }

        assertThat(names(target, "")).containsExactly("a@b/one");
        assertThat(names(target, "a@b/t")).isEmpty();
        try (InputStream in = target.read("a@b/one", 3)) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("tent"));
        }
        assertThat(Files.list(folder.resolve("made/a@b"))).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("made/a@b/one"))))
                .isEqualTo("rw-------");
        target.delete("a@b/one");
        target.delete("a@b/one");
        assertThat(target.list("")).isEmpty();
    }

    @Test
    void whatAKilledPlatformHasLeftGoesAfterAWhileAndNothingLeadsOut() throws IOException {
        Path left = Files.writeString(folder.resolve(".one.partxyz"), "half");
        Path fresh = Files.writeString(folder.resolve(".two.partxyz"), "half");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofDays(3))));
        FolderTarget target = new FolderTarget(folder);

        target.begin("three").close();

        assertThat(left).doesNotExist();
        assertThat(fresh).exists();
        assertThatThrownBy(() -> target.begin("../four")).hasMessageContaining("leads out");
        assertThatThrownBy(() -> target.read("a/../../four", 0)).hasMessageContaining("leads out");
    }
}
