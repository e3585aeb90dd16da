package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL whose clock a test can set while it runs: its program is started with libfaketime (package faketime). */
final class SetTime {

    private static final String STARTER = """
            #!/bin/bash
            export LD_PRELOAD=%s FAKETIME_TIMESTAMP_FILE=%s FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC=1
            exec -a "$0" "$0.real" "$@"
            """;

    private final PostgresFolders folders;
    private final Path offset;

    SetTime(Path data) throws IOException {
        folders = new PostgresFolders(
                data.resolve("pgsql"),
                data.resolve("cache"),
                data.resolve("logs").resolve("postgresql"),
                data.resolve("secrets").resolve("postgresql"));
        offset = data.resolve("offset");
        set("+0");
        Path program = PostgresBinaries.unpack(folders.cache()).resolve("bin/postgres");
        Files.move(program, program.resolveSibling("postgres.real"));
        Files.writeString(program, STARTER.formatted(library(), offset));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    PostgresFolders folders() {
        return folders;
    }

    /** By how many days its clock is wrong from now on, such as {@code -400d}. */
    void set(String days) throws IOException {
        Path next = Files.writeString(offset.resolveSibling("offset.next"), days + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
    }

    static LocalDate day(String days) {
        return LocalDate.now(ZoneOffset.UTC).plus(Period.parse("P" + days.replaceAll("[+d]", "") + "D"));
    }

    private static Path library() throws IOException {
        List<Path> found;
        try (Stream<Path> folders = Files.list(Path.of("/usr/lib"))) {
            found = folders.map(folder -> folder.resolve("faketime/libfaketime.so.1"))
                    .filter(Files::exists)
                    .toList();
        }
        return found.stream().findFirst().orElseThrow(() -> new AssertionError("Install the package faketime"));
    }
}
