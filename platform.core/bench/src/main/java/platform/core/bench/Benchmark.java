package platform.core.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** What {@code platform bench} measures. */
enum Benchmark {
    SOCKETS(
            "WebSocket servers",
            List.of(
                    ServerKind.PLATFORM,
                    ServerKind.JETTY_API,
                    ServerKind.JETTY_CORE,
                    ServerKind.NETTY,
                    ServerKind.UNDERTOW),
            Phases.ALL),
    FILES("Static files", List.of(ServerKind.PLATFORM, ServerKind.JETTY_FILES), List.of(new FilesPhase())),
    DATABASES("Databases of instances", List.of(ServerKind.PLATFORM), List.of(new DatabasesPhase())),
    PROCESS("Services in processes of their own", List.of(ServerKind.PLATFORM), List.of(new ProcessPhase())),
    CHAOS("Chaos", List.of(ServerKind.PLATFORM), List.of(new ChaosPhase())),
    REST("REST", List.of(ServerKind.PLATFORM), List.of(new RestPhase())),
    BACKUP("Backups", List.of(ServerKind.PLATFORM), List.of(new BackupPhase())),
    BACKUP_KILLS("Kills during backups and restores", List.of(ServerKind.PLATFORM), List.of(new KillsPhase())),
    BACKUP_STRANGE("A strange database in a backup", List.of(ServerKind.PLATFORM), List.of(new StrangePhase())),
    MOVE("Moves between platforms", List.of(ServerKind.PLATFORM), List.of(new MovePhase())),
    MOVE_KILLS("Kills during moves between platforms", List.of(ServerKind.PLATFORM), List.of(new MoveKillsPhase()));

    private final String title;
    private final List<ServerKind> servers;
    private final List<Phase> phases;

    Benchmark(String title, List<ServerKind> servers, List<Phase> phases) {
        this.title = title;
        this.servers = servers;
        this.phases = phases;
    }

    /** @param word as on the command line */
    static Benchmark named(String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException(
                        "platform bench measures sockets, files, databases, process, chaos, rest, backup,"
                                + " backup-kills, backup-strange, move or move-kills, not '"
                                + word + "'."));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the report. */
    String title() {
        return title;
    }

    /** Whether it shows that something holds, for which one turn on one JVM is enough. */
    boolean proves() {
        return this == CHAOS || this == BACKUP_KILLS || this == BACKUP_STRANGE || this == MOVE || this == MOVE_KILLS;
    }

    /** How large a database it usually fills, where that is not as with the others. */
    OptionalInt megabytes() {
        return switch (this) {
            case BACKUP_KILLS, MOVE_KILLS -> OptionalInt.of(10);
            case MOVE -> OptionalInt.of(1000);
            default -> OptionalInt.empty();
        };
    }

    List<ServerKind> servers() {
        return servers;
    }

    List<Phase> phases() {
        return phases;
    }
}
