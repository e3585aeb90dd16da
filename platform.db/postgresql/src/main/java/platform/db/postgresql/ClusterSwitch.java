package platform.db.postgresql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.db.api.DatabaseException;

/**
 * Lets one data folder take the place of another. What is to be renamed is noted in a journal first, so that a start that finds
 * it goes on where it was cut off: there is no moment at which neither of the two is whole. The former folder is kept for a
 * week as {@code data-<major>-until-<day>}, and with it the superuser's password that it knows.
 */
final class ClusterSwitch {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterSwitch.class);
    private static final String JOURNAL = "switch";
    private static final String WORK = "upgrade";
    private static final Pattern KEPT = Pattern.compile("data-(\\d+)-until-(\\d{4}-\\d\\d-\\d\\d)");
    private static final int KEPT_DAYS = 7;

    private final PostgresFolders folders;
    private final Clock clock;
    private final Path journal;

    ClusterSwitch(PostgresFolders folders, Clock clock) {
        this.folders = folders;
        this.clock = clock;
        journal = folders.home().resolve(JOURNAL);
    }

    /** A former data folder. */
    record Kept(Path folder, String major, LocalDate until) {}

    /** A rename. It has been done when the target is there: no two lead to the same. */
    private record Move(Path from, Path to) {

        boolean isToBeDone() {
            return !Files.exists(to);
        }
    }

    /** Where the folder is made that is to come. */
    Path work() {
        return folders.home().resolve(WORK);
    }

    /** The folder in {@link #work()} takes the place of the data folder. Returns until when the former one is there. */
    LocalDate forward(String formerMajor) throws IOException {
        LocalDate until = lastDay();
        Path kept = kept(formerMajor, until);
        clear(kept);
        Files.copy(folders.secret(), secret(kept), StandardCopyOption.COPY_ATTRIBUTES);
        note(List.of(new Move(folders.cluster(), kept), new Move(work().resolve("data"), folders.cluster())));
        finish();
        return until;
    }

    /** A former folder takes the place of the data folder, at the next start. */
    void backwardAtNextStart(Kept former, String major) throws IOException {
        Path kept = kept(major, lastDay());
        clear(kept);
        note(List.of(
                new Move(folders.cluster(), kept),
                new Move(folders.secret(), secret(kept)),
                new Move(former.folder(), folders.cluster()),
                new Move(secret(former.folder()), folders.secret())));
    }

    /** Does what is noted, if anything is; removes what an upgrade has left that did not come to its switch. */
    void finish() throws IOException {
        if (Files.exists(journal)) {
            List<Move> moves = read();
            mustBePossible(moves);
            for (Move move : moves) {
                if (move.isToBeDone()) {
                    Files.move(move.from(), move.to(), StandardCopyOption.ATOMIC_MOVE);
                    force(move.from().getParent());
                    force(move.to().getParent());
                    LOG.info("{} is {} now", move.from(), move.to());
                }
            }
            Files.delete(journal);
            force(folders.home());
        }
        Leftover.killAllIn(work().resolve("data"));
        Folders.delete(work());
    }

    /** All of it or nothing: a folder that somebody has removed meanwhile must not leave the server without one. */
    private void mustBePossible(List<Move> moves) {
        Map<Path, Boolean> there = new HashMap<>();
        for (Move move : moves) {
            if (!there.computeIfAbsent(move.to(), Files::exists)) {
                if (!there.computeIfAbsent(move.from(), Files::exists)) {
                    throw new DatabaseException("The data folder of PostgreSQL is to be replaced, but " + move.from()
                            + " is missing: put it back, or remove " + journal
                            + " to go on with the data folder as it is");
                }
                there.put(move.from(), false);
                there.put(move.to(), true);
            }
        }
    }

    /** The former folders, the last one first; of two of one day that of the newer version. */
    List<Kept> kept() {
        try (Stream<Path> children = Files.list(folders.home())) {
            return children.flatMap(child -> kept(child).stream())
                    .sorted(Comparator.comparing(Kept::until)
                            .thenComparing(each -> Integer.parseInt(each.major()))
                            .reversed())
                    .toList();
        } catch (IOException e) {
            throw new DatabaseException("The folder " + folders.home() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<Kept> kept(Path child) {
        Matcher name = KEPT.matcher(child.getFileName().toString());
        try {
            return name.matches()
                    ? Optional.of(new Kept(child, name.group(1), LocalDate.parse(name.group(2))))
                    : Optional.empty();
        } catch (DateTimeException e) {
            LOG.debug("{} is not one of ours", child, e);
            return Optional.empty();
        }
    }

    /** Removes the former folders whose time is over. */
    void sweep() {
        LocalDate today = LocalDate.now(clock);
        if (Files.exists(journal)) {
            return;
        }
        for (Kept each : kept()) {
            if (each.until().isBefore(today)) {
                try {
                    clear(each.folder());
                    LOG.info("Removed the former data folder {}", each.folder());
                } catch (IOException e) {
                    LOG.warn("The former data folder {} cannot be removed: {}", each.folder(), e.toString());
                }
            }
        }
    }

    private void clear(Path kept) throws IOException {
        Folders.delete(kept);
        Files.deleteIfExists(secret(kept));
    }

    private LocalDate lastDay() {
        return LocalDate.now(clock).plusDays(KEPT_DAYS);
    }

    private Path kept(String major, LocalDate until) {
        return folders.home().resolve("data-" + major + "-until-" + until);
    }

    private Path secret(Path kept) {
        return folders.secret().resolveSibling(folders.secret().getFileName() + "-" + kept.getFileName());
    }

    /** Relative, so that the data folder may be moved meanwhile. */
    private void note(List<Move> moves) throws IOException {
        StringBuilder text = new StringBuilder();
        for (Move move : moves) {
            text.append(folders.home().relativize(move.from()))
                    .append('\t')
                    .append(folders.home().relativize(move.to()))
                    .append('\n');
        }
        Path part = journal.resolveSibling(JOURNAL + ".part");
        Files.deleteIfExists(part);
        SecretFile.write(part, text.toString());
        Files.move(part, journal, StandardCopyOption.ATOMIC_MOVE);
        force(folders.home());
    }

    private List<Move> read() throws IOException {
        List<Move> moves = new ArrayList<>();
        for (String line : Files.readAllLines(journal)) {
            String[] paths = line.split("\t");
            moves.add(new Move(resolve(paths[0]), resolve(paths[1])));
        }
        return moves;
    }

    private Path resolve(String path) {
        return folders.home().resolve(path).normalize();
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
