package platform.backup.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.backup.api.BackupException;
import platform.backup.api.BackupFormatException;
import platform.backup.api.BackupHeader;
import platform.backup.api.BackupKeyException;
import platform.backup.api.BackupManifest;
import platform.backup.api.BackupPart;
import platform.backup.api.DamagedBackupException;

/** The form of a backup: whatever is done to a file is found. */
class ArchiveTest {

    private static final Instant MADE = Instant.parse("2026-11-27T08:30:00Z");
    private static final Age.Identity KEY = Age.generate();
    private static final KeptInstance KEPT = new KeptInstance(
            "/example.com/acme",
            "",
            "pässword",
            Map.of("color", "red"),
            List.of("app", "database"),
            Map.of("requests", "9", "size-hard", "300M"));

    private static BackupHeader header(int format) {
        return new BackupHeader(format, "acme@example.com", "notes", "1.0.0", "ab", MADE, "acme", "15.19", 4711);
    }

    private static byte[] backup(byte[] dump, String... recipients) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ArchiveWriter writer = new ArchiveWriter(file, List.of(recipients), header(Format.VERSION))) {
            writer.begin(Format.INSTANCE, KEPT);
            writer.dump().write(dump);
            writer.finish("3", Map.of("public.t", 7L));
        }
        return file.toByteArray();
    }

    private static ArchiveReader read(byte[] file) throws IOException {
        return new ArchiveReader(new ByteArrayInputStream(file), List.of(KEY.secret()));
    }

    private static byte[] dump(int length) {
        byte[] dump = new byte[length];
        new Random(7).nextBytes(dump);
        return dump;
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        for (int length : new int[] {1, 511, 512, Format.DUMP_FILE, 2 * Format.DUMP_FILE + 17}) {
            byte[] dump = dump(length);
            try (ArchiveReader reader = read(backup(dump, KEY.recipient()))) {
                assertThat(reader.header()).isEqualTo(header(Format.VERSION));
                assertThat(reader.instance()).isEqualTo(KEPT);
                assertThat(reader.dump().readAllBytes()).isEqualTo(dump);
                BackupManifest manifest = reader.finish();
                assertThat(manifest.rows()).isEqualTo(Map.of("public.t", 7L));
                assertThat(manifest.schemaVersion()).isEqualTo("3");
                assertThat(manifest.parts())
                        .extracting(BackupPart::name)
                        .containsExactly(Format.HEADER, Format.INSTANCE, Format.DUMP);
                assertThat(manifest.parts().get(2).bytes()).isEqualTo(length);
            }
        }
    }

    private static BackupException refusal(byte[] file) {
        try (ArchiveReader reader = read(file)) {
            reader.finish();
            return null;
        } catch (BackupException e) {
            return e;
        } catch (IOException e) {
            throw new IllegalStateException("Nobody can tell the user what that is", e);
        }
    }

    @Test
    void everyBitThatIsFlippedIsFound() throws IOException {
        byte[] file = backup(dump(100), KEY.recipient());
        for (int bit = 0; bit < file.length * 8; bit++) {
            byte[] changed = file.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(refusal(changed))
                    .as("bit %d of %d", bit, file.length * 8)
                    .isNotNull();
        }
    }

    @Test
    void everyLengthThatItIsCutToIsFoundAndWhatIsAddedToo() throws IOException {
        byte[] file = backup(dump(100), KEY.recipient());
        for (int length = 0; length < file.length; length++) {
            assertThat(refusal(Arrays.copyOf(file, length)))
                    .as("cut to %d", length)
                    .isNotNull();
        }
        assertThat(refusal(Arrays.copyOf(file, file.length + 1))).isInstanceOf(DamagedBackupException.class);
        // Cut between two of age's chunks of 64 KiB.
        byte[] large = backup(dump(300_000), KEY.recipient());
        int head = new String(large, StandardCharsets.ISO_8859_1).indexOf("\n--- ") + 49 + 16;
        assertThat(refusal(Arrays.copyOf(large, head + 2 * (65536 + 16)))).isInstanceOf(DamagedBackupException.class);
    }

    @Test
    void onlyWhomItIsForOpensIt() throws IOException {
        Age.Identity other = Age.generate();
        byte[] forOther = backup(dump(10), other.recipient());

        assertThatThrownBy(() -> read(forOther))
                .isInstanceOf(BackupKeyException.class)
                .hasMessageContaining("secrets/backup.keys");
        try (ArchiveReader reader =
                new ArchiveReader(new ByteArrayInputStream(forOther), List.of(KEY.secret(), other.secret()))) {
            assertThat(reader.finish().allRows()).isEqualTo(7);
        }
        assertThat(refusal(backup(dump(10), other.recipient(), KEY.recipient())))
                .isNull();
        assertThatThrownBy(() -> backup(dump(1), "age1wrong")).hasMessageContaining("is no public key");
    }

    @Test
    void aKeyThatIsNoneKeepsNoOtherFromBeingTriedAndIsSaid() throws IOException {
        byte[] file = backup(dump(10), KEY.recipient());
        String mistyped = "AGE-SECRET-KEY-1BROKEN";

        try (ArchiveReader reader =
                new ArchiveReader(new ByteArrayInputStream(file), List.of(mistyped, KEY.secret()))) {
            assertThat(reader.finish().allRows()).isEqualTo(7);
        }
        for (List<String> keys :
                List.of(List.of(mistyped), List.of("wrong", Age.generate().secret()))) {
            assertThatThrownBy(() -> new ArchiveReader(new ByteArrayInputStream(file), keys))
                    .isInstanceOf(BackupKeyException.class)
                    .hasMessageContaining("1 of the keys that were tried are none: mistyped or cut off")
                    .hasMessageContaining("--key")
                    .hasMessageNotContaining("BROKEN");
        }
    }

    /** A file of anything, which the right key opens. */
    private static byte[] crafted(List<Object> parts) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStreamNoFinalizer(Age.encrypt(file, List.of(KEY.recipient())))) {
            TarWriter tar = new TarWriter(out, 0);
            for (int i = 0; i < parts.size(); i += 2) {
                byte[] content = (byte[]) parts.get(i + 1);
                tar.file((String) parts.get(i), content, content.length);
            }
            tar.finish();
        }
        return file.toByteArray();
    }

    @Test
    void anotherFormIsRefusedWithWhatToDo() throws IOException {
        byte[] kept = Format.write(KEPT);
        assertThatThrownBy(() -> read(crafted(List.of(Format.HEADER, Format.write(header(2)), Format.INSTANCE, kept))))
                .isInstanceOf(BackupFormatException.class)
                .hasMessageContaining("Update this platform");
        assertThatThrownBy(() -> read(crafted(List.of(Format.HEADER, Format.write(header(0)), Format.INSTANCE, kept))))
                .isInstanceOf(BackupFormatException.class)
                .hasMessageContaining("that which made it");
        assertThatThrownBy(() -> read("PK\3\4 a zip archive, or whatever".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BackupFormatException.class)
                .hasMessageContaining("no backup");
        assertThatThrownBy(() -> read("age-encryption.org/v2\n -> X25519".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(BackupFormatException.class)
                .hasMessageContaining("another version");
    }

    @Test
    void partsThatAreSwappedMissingOrOfAnotherBackupAreFound() throws IOException {
        byte[] head = Format.write(header(Format.VERSION));
        byte[] kept = Format.write(KEPT);
        byte[] one = dump(700);
        byte[] two = dump(300);
        Part dump = new Part(Format.DUMP);
        dump.add(one, 0, one.length);
        dump.add(two, 0, two.length);
        byte[] manifest = Format.write(new BackupManifest(
                header(Format.VERSION),
                "",
                Map.of(),
                List.of(Part.of(Format.HEADER, head), Part.of(Format.INSTANCE, kept), dump.done())));
        List<Object> right = List.of(
                Format.HEADER,
                head,
                Format.INSTANCE,
                kept,
                Format.dumpFile(0),
                one,
                Format.dumpFile(1),
                two,
                Format.MANIFEST,
                manifest);
        assertThat(refusal(crafted(right))).isNull();

        for (int i = 0; i < right.size(); i += 2) {
            List<Object> missing = new ArrayList<>(right);
            missing.subList(i, i + 2).clear();
            assertThat(refusal(crafted(missing)))
                    .as("without %s", right.get(i))
                    .isInstanceOf(DamagedBackupException.class);
        }
        for (int i = 2; i < right.size(); i += 2) {
            List<Object> swapped = new ArrayList<>(right);
            Collections.swap(swapped, i, i - 2);
            Collections.swap(swapped, i + 1, i - 1);
            assertThat(refusal(crafted(swapped)))
                    .as("swapped before %s", right.get(i))
                    .isNotNull();
        }
        for (int i = 1; i < right.size(); i += 2) {
            List<Object> changed = new ArrayList<>(right);
            changed.set(i, Format.write(new KeptInstance("/", "", "", Map.of(), List.of(), Map.of())));
            assertThat(refusal(crafted(changed)))
                    .as("another's %s", right.get(i - 1))
                    .isNotNull();
        }
    }

    @Test
    void theHeapHoldsLittleOfALargeOne() throws IOException {
        byte[] piece = dump(1 << 16);
        long most = 0;
        Counting counting = new Counting();
        try (ArchiveWriter writer = new ArchiveWriter(counting, List.of(KEY.recipient()), header(Format.VERSION))) {
            writer.begin(Format.INSTANCE, KEPT);
            for (int i = 0; i < 3000; i++) {
                writer.dump().write(piece);
                if (i % 500 == 499) {
                    most = Math.max(most, used());
                }
            }
            writer.finish("", Map.of());
        }
        assertThat(counting.bytes).isLessThan(200_000_000L);
        assertThat(most).isLessThan(64L << 20);
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static final class Counting extends OutputStream {
        private long bytes;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] content, int offset, int length) {
            bytes += length;
        }
    }

    @Test
    void toolsOfEverybodysOpenIt(@TempDir Path folder) throws Exception {
        byte[] dump = dump(Format.DUMP_FILE + 5000);
        Path file = Files.write(folder.resolve("b.tar.zst.age"), backup(dump, KEY.recipient()));
        Path key = Files.writeString(folder.resolve("key"), KEY.secret() + "\n");

        // As docs/backup.md says it.
        List<ProcessBuilder> pipe = List.of(
                new ProcessBuilder("age", "-d", "-i", key.toString(), file.toString()),
                new ProcessBuilder("zstd", "-dc"),
                new ProcessBuilder("tar", "-x", "-C", folder.toString()));
        List<Process> processes = ProcessBuilder.startPipeline(pipe);
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }

        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int i = 0; i < 2; i++) {
            whole.write(Files.readAllBytes(folder.resolve(Format.dumpFile(i))));
        }
        assertThat(whole.toByteArray()).isEqualTo(dump);
        assertThat(folder.resolve(Format.MANIFEST)).content().contains("\"public.t\": 7");
    }
}
