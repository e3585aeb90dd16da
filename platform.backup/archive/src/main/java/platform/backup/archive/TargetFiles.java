package platform.backup.archive;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import platform.backup.api.BackupException;
import platform.backup.api.TargetInfo;
import platform.backup.api.TargetSetup;

/** Keeps each target with its secret in a file of its own, which only the platform's user reads. */
final class TargetFiles {

    private static final String END = ".properties";

    private final Path folder;

    TargetFiles(Path folder) {
        this.folder = folder;
    }

    List<TargetSpec> list() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<TargetSpec> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith(END)).sorted().toList()) {
                find(name(file)).ifPresent(found::add);
            }
        } catch (IOException e) {
            throw new BackupException("The targets in " + folder + " cannot be read: " + e, e);
        }
        return found;
    }

    private static String name(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - END.length());
    }

    Optional<TargetSpec> find(String name) {
        Path file = file(name);
        try {
            Properties kept = new Properties();
            kept.load(new StringReader(Files.readString(file)));
            return Optional.of(spec(name, kept));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | BackupException e) {
            throw new BackupException(
                    "The target in " + file + " cannot be read: " + e.getMessage()
                            + " Add it anew, or remove the file.",
                    e);
        }
    }

    /** Only names that are allowed are kept. */
    private Path file(String name) {
        return folder.resolve(name.replace('/', '_') + END);
    }

    private static TargetSpec spec(String name, Properties kept) {
        return TargetSpec.of(new TargetSetup(
                name,
                kept.getProperty("address", ""),
                Optional.ofNullable(kept.getProperty("secret")),
                Optional.ofNullable(kept.getProperty("host.key")),
                Optional.ofNullable(kept.getProperty("ca")).map(Path::of),
                Long.parseLong(kept.getProperty("bytes.per.second", "0")),
                excluded(kept.getProperty("exclude", ""))));
    }

    private static Set<String> excluded(String text) {
        return Arrays.stream(text.split(" ")).filter(id -> !id.isEmpty()).collect(Collectors.toSet());
    }

    /** Written beside and renamed, so that a crash leaves no half of it. */
    void keep(TargetSpec spec) {
        Path file = file(spec.info().name());
        try {
            Files.createDirectories(folder);
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            var onlyOwner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            Path fresh = Files.createTempFile(folder, spec.info().name(), ".new", onlyOwner);
            Files.writeString(fresh, text(spec));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new BackupException(
                    "The target cannot be kept in " + file + ": " + e
                            + ". Make sure that the platform's user can write there.",
                    e);
        }
    }

    private static String text(TargetSpec spec) throws IOException {
        TargetInfo info = spec.info();
        Properties kept = new Properties();
        kept.setProperty("address", info.address());
        info.hostKey().ifPresent(key -> kept.setProperty("host.key", key));
        info.authorities().ifPresent(ca -> kept.setProperty("ca", ca.toString()));
        kept.setProperty("bytes.per.second", Long.toString(info.bytesPerSecond()));
        kept.setProperty("exclude", String.join(" ", info.excluded()));
        if (info.hasSecret()) {
            kept.setProperty("secret", spec.login().secret());
        }
        StringWriter text = new StringWriter();
        kept.store(text, null);
        return text.toString();
    }

    /** Whether there was one. */
    boolean remove(String name) {
        try {
            return Files.deleteIfExists(file(name));
        } catch (IOException e) {
            throw new BackupException("The target " + file(name) + " cannot be removed: " + e, e);
        }
    }
}
