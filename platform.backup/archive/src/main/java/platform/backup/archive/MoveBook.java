package platform.backup.archive;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.MoveRequest;

/** The moves that have begun here and of which the end is not known yet, with what is needed to ask for it. */
final class MoveBook {

    private final Path file;

    /** @param file readable by the platform's user only */
    MoveBook(Path file) {
        this.file = file;
    }

    private record Entry(String instance, String platform, String ticket, String authorities) {

        MoveRequest request() {
            return new MoveRequest(
                    instance,
                    URI.create(platform),
                    ticket,
                    Optional.of(authorities).filter(it -> !it.isEmpty()).map(Path::of));
        }
    }

    /** The file. */
    private record Content(List<Entry> moves) {}

    synchronized List<MoveRequest> all() {
        return entries().stream().map(Entry::request).toList();
    }

    Optional<MoveRequest> find(String instance) {
        return all().stream().filter(it -> it.instance().equals(instance)).findFirst();
    }

    synchronized void add(MoveRequest request) {
        List<Entry> all = without(request.instance());
        all.add(new Entry(
                request.instance(),
                request.platform().toString(),
                request.ticket(),
                request.authorities().map(Path::toString).orElse("")));
        keep(all);
    }

    synchronized void remove(String instance) {
        keep(without(instance));
    }

    private List<Entry> without(String instance) {
        List<Entry> all = new ArrayList<>(entries());
        all.removeIf(it -> it.instance().equals(instance));
        return all;
    }

    private List<Entry> entries() {
        try {
            return Files.exists(file)
                    ? Format.read(Files.readAllBytes(file), Content.class).moves()
                    : List.of();
        } catch (IOException e) {
            throw new BackupException(
                    "Which instances are being moved cannot be read from " + file + ": " + e.getMessage()
                            + ". Remove the file when none is.",
                    e);
        }
    }

    private void keep(List<Entry> all) {
        SettingFiles.write(file, new String(Format.write(new Content(all)), StandardCharsets.UTF_8));
    }
}
