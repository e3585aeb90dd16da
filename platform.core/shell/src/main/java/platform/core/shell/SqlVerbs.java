package platform.core.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import platform.core.api.InstanceInfo;
import platform.core.api.InstanceQuotas;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.db.api.SqlConsole;
import platform.db.api.SqlRequest;
import platform.db.api.SqlResult;

/** SQL in the databases of instances. */
final class SqlVerbs {

    private final CommandConsole console;
    private final InstanceDatabases databases;
    private final InstanceQuotas quotas;
    private final SqlConsole sql;

    SqlVerbs(CommandConsole console, InstanceDatabases databases, InstanceQuotas quotas, SqlConsole sql) {
        this.console = console;
        this.databases = databases;
        this.quotas = quotas;
        this.sql = sql;
    }

    @Needs(Role.OPERATOR)
    @Command(
            name = "db:sql",
            description = "Run an SQL statement in the database of an instance, with the instance's own rights.",
            footer = {
                "%nWithout QUERY it is read from standard input. Read-only unless --write is given; the server sees to"
                        + " it. Each statement is logged.",
                "%nExamples:",
                "  db:sql acme@example.com 'SELECT count(*) FROM files'",
                "  db:sql acme@example.com --write 'DELETE FROM sessions'"
            })
    void sql(
            @Parameters(index = "0", paramLabel = "INSTANCE", description = "The instance: name@domain.") String id,
            @Parameters(index = "1", arity = "0..1", paramLabel = "QUERY", description = "One SQL statement.")
                    String query,
            @Option(names = "--write", description = "It may change data, and is committed by itself.") boolean write,
            @Option(
                            names = "--timeout",
                            paramLabel = "TIME",
                            converter = Converters.Time.class,
                            defaultValue = "30s",
                            description = "After which it is cancelled: 30s, 5m, 1h. Default: ${DEFAULT-VALUE}.")
                    Duration timeout,
            @Option(
                            names = "--rows",
                            paramLabel = "N",
                            defaultValue = "1000",
                            description = "How many rows are shown at most. Default: ${DEFAULT-VALUE}.")
                    int rows,
            @Mixin Output output) {
        if (rows < 1) {
            throw new UsageException("db:sql: --rows " + rows + " shows nothing. Give a number from 1.");
        }
        if (timeout.isZero()) {
            throw new UsageException("db:sql: --timeout takes more than nothing.");
        }
        InstanceInfo instance = databases.instance(id);
        SqlRequest request = new SqlRequest(instance.database(), query == null ? typed() : query, write, timeout, rows);
        if (write) {
            QuotaText.warnIfClosed(console, quotas, instance.id());
        }
        SqlResult result = Work.cancellable(() -> InstanceDatabases.told(() -> sql.run(request)));
        DatabaseText.show(console, output, result);
    }

    private String typed() {
        try {
            String text = console.interactive()
                    ? console.ask("SQL: ")
                    : new String(console.input().readAllBytes(), StandardCharsets.UTF_8);
            console.note(text);
            return text;
        } catch (IOException e) {
            throw PlatformException.failed("Cannot read the statement from standard input: " + e.getMessage(), e);
        }
    }
}
