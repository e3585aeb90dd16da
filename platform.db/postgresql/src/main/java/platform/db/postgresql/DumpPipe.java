package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import platform.db.api.DatabaseException;

/**
 * Copies a database: what pg_dump writes goes to pg_restore directly, and lies on no disk. Only where something of the dump is to
 * be left out does it need a file, for pg_restore has to read that twice.
 */
final class DumpPipe {

    private final ClientTools tools;
    private final Path folder;

    /**
     * @param folder for the tools' messages, and the dump that needs a file
     */
    DumpPipe(ClientTools tools, Path folder) {
        this.tools = tools;
        this.folder = folder;
    }

    /** All of it, to somebody who may give each thing to its owner. */
    void copyWithOwners(Login source, Login target) {
        run(List.of(dump(source, "0"), restore(target, List.of())), source);
    }

    /**
     * All of it is the target's then.
     *
     * @param foreign what the target may neither comment on nor grant, as the dump's table of contents names it
     */
    void copy(Login source, Login target, Set<String> foreign) {
        List<String> options = new ArrayList<>(List.of("--no-owner"));
        if (foreign.isEmpty()) {
            run(List.of(dump(source, "0"), restore(target, options)), source);
            return;
        }
        Path file = folder.resolve("dump");
        run(List.of(dump(source, "1").redirectOutput(file.toFile())), source);
        try {
            options.add("--use-list=" + contents(file, foreign, source));
            run(List.of(restore(target, options).redirectInput(file.toFile())), source);
            Files.delete(file);
        } catch (IOException e) {
            throw failed(source, e.getMessage(), e);
        }
    }

    private Path contents(Path file, Set<String> foreign, Login source) throws IOException {
        Path list = folder.resolve("contents");
        ProcessBuilder lister = Command.builder(List.of(tools.find("pg_restore"), "--list", file.toString()))
                .redirectOutput(list.toFile());
        run(List.of(redirected(lister, "list")), source);
        return Files.write(
                list,
                Files.readAllLines(list).stream()
                        .filter(line -> foreign.stream().noneMatch(line::contains))
                        .collect(Collectors.toList()));
    }

    private ProcessBuilder dump(Login login, String compression) {
        return builder(
                List.of(
                        tools.find("pg_dump"),
                        "--format=custom",
                        "--compress=" + compression,
                        "--no-password",
                        "--dbname=" + target(login)),
                login,
                "dump");
    }

    private ProcessBuilder restore(Login login, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                tools.find("pg_restore"),
                "--exit-on-error",
                "--single-transaction",
                "--no-password",
                "--dbname=" + target(login)));
        command.addAll(options);
        return builder(command, login, "restore").redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private ProcessBuilder builder(List<String> command, Login login, String name) {
        ProcessBuilder builder = redirected(Command.builder(command), name);
        builder.environment().put("PGPASSWORD", login.password());
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        return builder;
    }

    private ProcessBuilder redirected(ProcessBuilder builder, String name) {
        return builder.redirectError(folder.resolve(name + ".log").toFile());
    }

    /** As a connection string of libpq, in which no name has a special meaning. */
    private static String target(Login login) {
        return "host=127.0.0.1 port=" + login.port() + " sslmode=disable gssencmode=disable dbname="
                + quoted(login.database()) + " user=" + quoted(login.role());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** Each gets what the one before writes. */
    private void run(List<ProcessBuilder> builders, Login source) {
        List<Process> all = List.of();
        try {
            all = ProcessBuilder.startPipeline(builders);
            int failures = 0;
            for (Process each : all) {
                failures += each.waitFor() == 0 ? 0 : 1;
            }
            if (failures > 0) {
                throw failed(source, said(builders), null);
            }
        } catch (IOException e) {
            throw failed(source, e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(source, "it was cancelled", e);
        } finally {
            all.forEach(Process::destroyForcibly);
        }
    }

    private static DatabaseException failed(Login source, String reason, Exception cause) {
        return new DatabaseException("The database '" + source.database() + "' cannot be copied: " + reason, cause);
    }

    private static String said(List<ProcessBuilder> builders) throws IOException {
        StringBuilder said = new StringBuilder();
        for (ProcessBuilder builder : builders) {
            said.append(Files.readString(builder.redirectError().file().toPath())
                    .strip()
                    .replaceAll("\\s*\\R\\s*", "; "));
        }
        return said.toString();
    }
}
