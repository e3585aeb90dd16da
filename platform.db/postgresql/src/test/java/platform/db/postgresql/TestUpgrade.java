package platform.db.postgresql;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Stands for a platform that is killed while it upgrades: in the folder of the first argument, to the binaries of the second, at
 * the step that begins with the third.
 */
final class TestUpgrade {

    private TestUpgrade() {}

    public static void main(String[] arguments) {
        PostgresServer server = TestPostgres.newServer(Path.of(arguments[0]));
        server.start();
        new PostgresUpgrade(server, Clock.systemDefaultZone(), () -> Long.MAX_VALUE)
                .upgrade(Optional.of(Path.of(arguments[1])), step -> {
                    if (step.startsWith(arguments[2])) {
                        Runtime.getRuntime().halt(9);
                    }
                });
    }
}
