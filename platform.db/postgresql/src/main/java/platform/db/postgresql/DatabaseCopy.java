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

/** Copies a database from one server to another: its dump goes from the one into the other, and lies on no disk. */
final class DatabaseCopy {

    private static final int PIPE = 1 << 20;
    private static final long STEP = 16L << 20;

    private final ServedServer from;
    private final ServedServer to;
    private final Consumer<String> progress;

    DatabaseCopy(ServedServer from, ServedServer to, Consumer<String> progress) {
        this.from = from;
        this.to = to;
        this.progress = progress;
    }

    /** Returns how many rows it has. */
    long run(DatabaseSpec spec) {
        if (to.databases().has(spec.database())) {
            throw new DatabaseException("The database server '" + to.name() + "' has a database '" + spec.database()
                    + "' of the platform's already");
        }
        to.databases().createRole(spec);
        try {
            String spare = to.spares().create(spec.role());
            long rows = fill(spec, spare);
            to.spares().use(spare, spec.database());
            return rows;
        } catch (IOException | RuntimeException e) {
            // What follows must not be cancelled, too.
            boolean cancelled = Thread.interrupted();
            takeBack(spec, e);
            throw new DatabaseException(
                    "The database '" + spec.database() + "' cannot be copied to '" + to.name() + "': "
                            + (cancelled ? "it was cancelled" : e.getMessage()),
                    e);
        }
    }

    private void takeBack(DatabaseSpec spec, Exception failure) {
        try {
            to.spares().forget(spec.role());
        } catch (DatabaseException e) {
            failure.addSuppressed(e);
        }
    }

    private long fill(DatabaseSpec spec, String spare) throws IOException {
        try (Dump dump = from.dumps().begin(spec.database());
                PipedInputStream in = new PipedInputStream(PIPE)) {
            OutputStream out =
                    new Counted(new PipedOutputStream(in), dump.info().bytes());
            FutureTask<Map<String, Long>> writing = new FutureTask<>(() -> {
                try (out) {
                    return dump.writeTo(out);
                }
            });
            Thread writer = new Thread(writing, "postgresql-copy");
            writer.setDaemon(true);
            writer.start();
            to.dumps().restore(spare, spec.role(), in);
            return compared(writing, spare);
        }
    }

    private long compared(FutureTask<Map<String, Long>> writing, String spare) {
        progress.accept("comparing");
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
    private final class Counted extends FilterOutputStream {

        private final long about;
        private long bytes;

        Counted(OutputStream out, long about) {
            super(out);
            this.about = about;
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
