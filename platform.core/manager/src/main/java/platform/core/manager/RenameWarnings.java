package platform.core.manager;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import platform.core.api.RenameChange;
import platform.core.api.RenameRequest;

/** What a renaming does not do by itself, and an administrator should. */
final class RenameWarnings {

    private final Path etc;
    private final ServedCertificate certificate;

    /**
     * @param etc the folder of the configuration files
     * @param certificate what clients are shown
     */
    RenameWarnings(Path etc, ServedCertificate certificate) {
        this.etc = etc;
        this.certificate = certificate;
    }

    /** What to say of a name that becomes another; the two are the other way round when the renaming is undone. */
    List<String> about(RenameDraft draft, String from, String to) {
        List<String> warnings = new ArrayList<>(configuration(from, to));
        hosts(draft, to).stream()
                .flatMap(host -> certificate.objection(host).stream())
                .forEach(warnings::add);
        return warnings;
    }

    /** The new names by which clients reach the platform; a domain is a host too where a setting has it in a URL. */
    private static Set<String> hosts(RenameDraft draft, String to) {
        Set<String> hosts = new TreeSet<>();
        for (RenameChange change : draft.describe()) {
            boolean isHost = draft.request().kind() == RenameRequest.Kind.HOST
                    || change.kind() == RenameChange.Kind.SETTING
                            && change.newValue().contains("://" + to);
            if (change.kind() == RenameChange.Kind.HOST) {
                hosts.add(change.newValue());
            } else if (isHost) {
                hosts.add(to);
            }
        }
        return hosts;
    }

    private List<String> configuration(String from, String to) {
        if (!Files.isDirectory(etc)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(etc)) {
            return files.filter(file -> file.toString().endsWith(".cfg"))
                    .sorted()
                    .flatMap(file -> lines(file, from, to))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration files in " + etc + " cannot be read", e);
        }
    }

    private static Stream<String> lines(Path file, String from, String to) {
        List<String> warnings = new ArrayList<>();
        List<String> lines = read(file);
        for (int i = 0; i < lines.size(); i++) {
            if (!HostNames.replace(lines.get(i), Map.of(from, to)).equals(lines.get(i))) {
                warnings.add("etc/" + file.getFileName() + " names " + from + " in line " + (i + 1)
                        + ": change it there; it is taken over at once.");
            }
        }
        return warnings.stream();
    }

    private static List<String> read(Path file) {
        try {
            // Any byte is a character in this one, and names are ASCII.
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("The configuration file " + file + " cannot be read", e);
        }
    }
}
