package platform.db.postgresql;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import platform.db.api.DatabaseException;
import platform.db.api.DatabaseSpec;
import platform.db.api.Dump;
import platform.db.api.SpareDatabases;

/** Copies a database from one server to another: its dump goes from the one into the other, and lies on no disk. */
final class DatabaseCopy {

    private static final int PIPE = 1 << 20;
    private static final long STEP = 16L << 20;

    /** A role of the platform's may be there still for the database that was moved away before, which is kept. */
    private static final String TAKEN = "SELECT 'database' FROM pg_database WHERE datname = ?"
            + " UNION ALL SELECT 'role' FROM pg_roles r WHERE r.rolname = ?"
            + " AND (NOT EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
            + " WHERE m.member = r.oid AND g.rolname = 'platform')"
            + " OR EXISTS (SELECT FROM pg_database d WHERE d.datdba = r.oid AND NOT starts_with(d.datname, '"
            + SpareDatabases.KEPT + "')))";

    private final ServedServer from;
    private final ServedServer to;
    private final DatabaseSpec spec;

    DatabaseCopy(ServedServer from, ServedServer to, DatabaseSpec spec) {
        this.from = from;
        this.to = to;
        this.spec = spec;
    }

    /**
     * Changes nothing.
     *
     * @throws DatabaseException when it cannot succeed
     */
    void check() {
        if (ClusterIdentity.of(from.server()).equals(ClusterIdentity.of(to.server()))) {
            throw new DatabaseException("'" + to.name() + "' is the same database server as '" + from.name()
                    + "', under another name: there is nothing to be moved");
        }
        to.sessions()
                .administer(
                        "look for '" + spec.database() + "'",
                        connection ->
                                Rows.first(connection, TAKEN, row -> row.getString(1), spec.database(), spec.role()))
                .ifPresent(taken -> {
                    throw new DatabaseException("The database server '" + to.name() + "' has a " + taken + " '"
                            + spec.database() + "' already, which may be another platform's: choose another server, or"
                            + " have its administrator rename it");
                });
        ClientTools.of(from.server()).find("pg_dump");
        ClientTools.of(to.server()).find("pg_restore");
    }

    /** Returns how many rows it has. */
    long run(String mark, Consumer<String> progress) {
        check();
        to.databases().createRole(spec);
        try {
            String spare = to.spares().create(spec.role());
            to.spares().mark(spare, mark);
            long rows = fill(spare, progress);
            to.spares().use(spare, spec.database());
            return rows;
        } catch (IOException | RuntimeException e) {
            // What follows must not be cancelled, too.
            boolean cancelled = Thread.interrupted();
            takeBack(mark, e);
            throw new DatabaseException(
                    "The database '" + spec.database() + "' cannot be copied to '" + to.name() + "': "
                            + (cancelled ? "it was cancelled" : e.getMessage()),
                    e);
        }
    }

    private void takeBack(String mark, Exception failure) {
        try {
            to.spares().discard(spec, mark);
        } catch (DatabaseException e) {
            failure.addSuppressed(e);
        }
    }

    private long fill(String spare, Consumer<String> progress) throws IOException {
        try (Dump dump = from.dumps().begin(spec.database());
                PipedInputStream in = new PipedInputStream(PIPE)) {
            OutputStream out =
                    new Counted(new PipedOutputStream(in), dump.info().bytes(), progress);
            FutureTask<Map<String, Long>> writing = new FutureTask<>(() -> {
                try (out) {
                    return dump.writeTo(out);
                }
            });
            Thread writer = new Thread(writing, "postgresql-copy");
            writer.setDaemon(true);
            writer.start();
            to.dumps().restore(spare, spec.role(), in);
            progress.accept("comparing");
            return compared(writing, spare);
        }
    }

    private long compared(FutureTask<Map<String, Long>> writing, String spare) {
        try {
            Map<String, Long> wanted = writing.get();
            if (!to.dumps().rows(spare).equals(wanted)) {
                throw new DatabaseException("the copy has other rows than the database");
            }
            return wanted.values().stream().mapToLong(Long::longValue).sum();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("it was cancelled", e);
        } catch (ExecutionException e) {
            throw new DatabaseException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Tells how much has gone through. */
    private static final class Counted extends FilterOutputStream {

        private final long about;
        private final Consumer<String> progress;
        private long bytes;

        Counted(OutputStream out, long about, Consumer<String> progress) {
            super(out);
            this.about = about;
            this.progress = progress;
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            if (bytes / STEP != (bytes + length) / STEP) {
                progress.accept(String.format("copied %,d MB of about %,d", (bytes + length) >> 20, about >> 20));
            }
            bytes += length;
        }
    }
}
