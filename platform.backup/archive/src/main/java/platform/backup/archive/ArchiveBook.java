package platform.backup.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import platform.backup.api.BackupException;

/** What was archived, kept in a file; each change is on disk before it holds. Any thread may call it. */
final class ArchiveBook {

    private final Path file;
    private List<ArchiveChain> chains;

    /** @throws BackupException when the file is there and cannot be understood */
    ArchiveBook(Path file) {
        this.file = file;
        try {
            chains = Files.exists(file)
                    ? Format.read(Files.readAllBytes(file), Content.class).chains()
                    : List.of();
        } catch (IOException e) {
            throw new BackupException(
                    "What was archived cannot be read from " + file + ": " + e.getMessage()
                            + ". Repair the file, or remove it to begin anew: what is on the target can be restored by"
                            + " hand only then.",
                    e);
        }
    }

    /** The file. */
    private record Content(List<ArchiveChain> chains) {}

    /** All chains, the oldest first. */
    synchronized List<ArchiveChain> chains() {
        return chains;
    }

    synchronized Optional<ArchiveChain> find(String name) {
        return chains.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /** The chain that goes on. */
    synchronized Optional<ArchiveChain> current() {
        return chains.stream().filter(ArchiveChain::goesOn).findFirst();
    }

    /** The newest chain with a base backup from which one gets to this time, be it a moment that is still to be archived. */
    synchronized Optional<ArchiveChain> covering(Instant to) {
        return chains.stream()
                .filter(it -> it.baseFor(to).isPresent())
                .filter(it -> it.goesOn() || !it.until().isBefore(to))
                .reduce((older, newer) -> newer);
    }

    /** Whether nothing was ever noted here. */
    synchronized boolean isNew() {
        return !Files.exists(file);
    }

    /** Begins with what others have archived. */
    synchronized void adopt(List<ArchiveChain> found) {
        write(found);
    }

    synchronized void begin(ArchiveChain chain) {
        List<ArchiveChain> all = new ArrayList<>(chains);
        all.add(chain);
        keep(all);
    }

    /** Changes a chain; returns what it is then, or nothing when there is no such chain any more. */
    synchronized Optional<ArchiveChain> update(String name, UnaryOperator<ArchiveChain> change) {
        keep(chains.stream()
                .map(it -> it.name().equals(name) ? change.apply(it) : it)
                .toList());
        return find(name);
    }

    synchronized void forget(String name) {
        keep(chains.stream().filter(it -> !it.name().equals(name)).toList());
    }

    private void keep(List<ArchiveChain> all) {
        if (!all.equals(chains)) {
            write(all);
        }
    }

    private void write(List<ArchiveChain> all) {
        SettingFiles.write(file, new String(Format.write(new Content(all)), StandardCharsets.UTF_8));
        chains = List.copyOf(all);
    }
}
