package platform.core.bench;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** What goes wrong in a chaos run. The victim is a service in a process of its own where nothing else is said. */
enum ChaosFault {
    KILL("kill -9 of its process", Notice.FAILED, victim -> victim.signal("KILL")),
    EXIT("`System.exit`", Notice.FAILED, victim -> victim.misbehave("exit")),
    MEMORY("full heap", Notice.FAILED, victim -> victim.misbehave("memory")),
    CRASH("crash in native code (SIGSEGV)", Notice.FAILED, victim -> victim.signal("SEGV")),
    DESCRIPTOR("it closes the descriptor of standard output", Notice.FAILED, victim -> victim.misbehave("descriptors")),
    FREEZE("SIGSTOP of its process", Notice.DEGRADED, victim -> victim.signal("STOP")),
    LOOP("endless loop in a task", Notice.DEGRADED, victim -> victim.misbehave("loop")),
    DEADLOCK("deadlock of a task with a thread", Notice.DEGRADED, victim -> victim.misbehave("deadlock")),
    PAUSE("pause of 1 s of its process", Notice.NONE, victim -> victim.pause(victim.pid())),
    PRINT("20 MB on standard output", Notice.NONE, victim -> victim.misbehave("print")),
    PLATFORM_PAUSE(
            "pause of 1 s of the platform",
            Notice.NONE,
            victim -> victim.pause(victim.platform().pid())),
    PLATFORM_KILL("kill -9 of the platform", Notice.NONE, ChaosFault::killPlatform),
    DATABASE_KILL("kill -9 of PostgreSQL", Notice.NONE, victim -> victim.tools().crash()),
    DATABASE_SLOW("slow PostgreSQL, for 5 s", Notice.NONE, ChaosFault::slowDatabase),
    DISK_FULL("disk full", Notice.DISK, victim -> victim.platform().disk().fill());

    private static final int STEPS = 10;
    private static final Duration STOPPED = Duration.ofMillis(400);
    private static final Duration GOES_ON = Duration.ofMillis(100);

    private final String title;
    private final Notice notice;
    private final Consumer<ChaosVictim> deed;

    /** By what the platform shows that it has noticed. */
    enum Notice {
        NONE(),
        FAILED("app." + ChaosVictim.APP + "/failed"),
        DEGRADED(
                ChaosVictim.INSTANCE + "/degraded",
                ChaosVictim.INSTANCE + "/failed",
                "app." + ChaosVictim.APP + "/failed"),
        DISK("platform/disk-full");

        private final Set<String> alarms;

        Notice(String... alarms) {
            this.alarms = Set.of(alarms);
        }

        /** The alarms of which one is due. */
        Set<String> alarms() {
            return alarms;
        }
    }

    ChaosFault(String title, Notice notice, Consumer<ChaosVictim> deed) {
        this.title = title;
        this.notice = notice;
        this.deed = deed;
    }

    private static void killPlatform(ChaosVictim victim) {
        victim.platform().killAndStart();
    }

    private static void slowDatabase(ChaosVictim victim) {
        PostgresTools tools = victim.tools();
        for (int i = 0; i < STEPS; i++) {
            tools.signal("STOP");
            Pause.of(STOPPED);
            tools.signal("CONT");
            Pause.of(GOES_ON);
        }
    }

    String title() {
        return title;
    }

    Notice notice() {
        return notice;
    }

    /** Whether others may notice it as well. */
    boolean concernsAll() {
        return this == PLATFORM_KILL || this == DATABASE_KILL;
    }

    /** Whether it ends the process at once, which may cost this service only seconds. */
    boolean endsProcess() {
        return notice == Notice.FAILED && this != DESCRIPTOR;
    }

    void inflict(ChaosVictim victim) {
        deed.accept(victim);
    }

    /** What does not end by itself. */
    void end(ChaosVictim victim) {
        if (this == DISK_FULL) {
            victim.platform().disk().empty();
        }
    }
}
