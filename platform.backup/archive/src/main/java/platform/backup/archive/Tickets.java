package platform.backup.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import platform.backup.api.BackupException;
import platform.backup.api.MoveTicket;

/** Who may bring an instance: kept as the hash of what he has to show, and for long enough to tell him what became of it. */
final class Tickets {

    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final int BYTES = 32;

    private final Path file;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param file readable by the platform's user only */
    Tickets(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /**
     * A ticket.
     *
     * @param as what the instance is to be called here; empty for its own name
     * @param instance what has come on it; empty while it was not used
     * @param used when that began, in whole seconds as the manager notes when an instance was made
     */
    record Ticket(String hash, String as, Instant until, String instance, Instant used) {

        boolean isUsed() {
            return !instance.isEmpty();
        }
    }

    /** The file. */
    private record Content(List<Ticket> tickets) {}

    synchronized MoveTicket issue(Optional<String> as, Duration valid) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant until = clock.instant().plus(valid).truncatedTo(ChronoUnit.SECONDS);
        List<Ticket> all = new ArrayList<>(all());
        all.removeIf(it -> it.until().plus(REMEMBERED).isBefore(clock.instant()));
        all.add(new Ticket(hash(ticket), as.orElse(""), until, "", Instant.EPOCH));
        keep(all);
        return new MoveTicket(ticket, until);
    }

    /** The ticket, while it can be used or was used in time. How long that takes tells nothing of what others have. */
    synchronized Optional<Ticket> find(String shown) {
        byte[] hash = hash(shown).getBytes(StandardCharsets.US_ASCII);
        Optional<Ticket> found = Optional.empty();
        for (Ticket ticket : all()) {
            if (MessageDigest.isEqual(hash, ticket.hash().getBytes(StandardCharsets.US_ASCII))) {
                found = Optional.of(ticket);
            }
        }
        return found.filter(it -> it.isUsed() || it.until().isAfter(clock.instant()));
    }

    /** It is used up by this instance. */
    synchronized Ticket use(Ticket ticket, String instance) {
        Ticket used = new Ticket(
                ticket.hash(),
                ticket.as(),
                ticket.until(),
                instance,
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
        keep(all().stream()
                .map(it -> it.hash().equals(ticket.hash()) ? used : it)
                .toList());
        return used;
    }

    private List<Ticket> all() {
        try {
            return Files.exists(file)
                    ? Format.read(Files.readAllBytes(file), Content.class).tickets()
                    : List.of();
        } catch (IOException e) {
            throw new BackupException(
                    "The tickets for moves cannot be read from " + file + ": " + e.getMessage()
                            + ". Remove the file, and give new ones.",
                    e);
        }
    }

    private void keep(List<Ticket> all) {
        SettingFiles.write(file, new String(Format.write(new Content(all)), StandardCharsets.UTF_8));
    }

    private static String hash(String ticket) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(ticket.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
