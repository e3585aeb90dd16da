package platform.db.postgresql;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import platform.db.api.DatabaseException;

/** A running tool of PostgreSQL's. Closing it ends it, whatever it is at. */
final class ToolProcess implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;
    private static final int MOST_COMPLAINTS = 4000;

    private final String name;
    private final Process process;
    private final FutureTask<String> complaints;

    private ToolProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.complaints = new FutureTask<>(() -> complaints(process.getErrorStream()));
        Thread reader = new Thread(complaints, "postgresql-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    static ToolProcess start(ProcessBuilder builder) {
        String program = builder.command().get(0);
        try {
            return new ToolProcess(Path.of(program).getFileName().toString(), builder.start());
        } catch (IOException e) {
            throw new DatabaseException("Cannot run the program " + program + ": " + e.getMessage(), e);
        }
    }

    /** The beginning of what it complains about; the rest is read too, or it would wait for ever. */
    private static String complaints(InputStream errors) throws IOException {
        byte[] kept = errors.readNBytes(MOST_COMPLAINTS);
        errors.transferTo(OutputStream.nullOutputStream());
        return new String(kept, StandardCharsets.UTF_8).strip();
    }

    /**
     * Hands all that it writes to the stream, to its end.
     *
     * @throws DatabaseException when it fails
     */
    void writeTo(OutputStream out) throws IOException {
        process.getOutputStream().close();
        byte[] buffer = new byte[BUFFER];
        InputStream from = process.getInputStream();
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            mustGoOn();
            out.write(buffer, 0, read);
        }
        mustSucceed();
    }

    /**
     * Feeds it the stream to its end, and waits for it. When the stream fails the process is ended before its input is: it
     * must not take what it has got for the whole.
     */
    void readFrom(InputStream in) {
        byte[] buffer = new byte[BUFFER];
        try {
            OutputStream to = process.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                mustGoOn();
                if (!write(to, buffer, read)) {
                    break;
                }
            }
        } catch (IOException e) {
            close();
            throw new DatabaseException("The dump cannot be read: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        endInput();
        mustSucceed();
    }

    /** Whether it takes more; if not, it has ended, and its complaints say why. */
    private static boolean write(OutputStream to, byte[] buffer, int length) {
        try {
            to.write(buffer, 0, length);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // It has ended without reading to the end: its status tells.
            process.destroy();
        }
    }

    /** Feeds it the stream, as {@link #readFrom} does, and collects what it writes meanwhile. */
    void filter(InputStream in, OutputStream into) {
        FutureTask<Long> collecting =
                new FutureTask<>(() -> process.getInputStream().transferTo(into));
        Thread collector = new Thread(collecting, "postgresql-" + name + "-output");
        collector.setDaemon(true);
        collector.start();
        readFrom(in);
        try {
            collecting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(name + " was cancelled", e);
        } catch (ExecutionException e) {
            throw new DatabaseException(
                    "What " + name + " says cannot be read: " + e.getCause().getMessage(), e.getCause());
        }
    }

    private void mustGoOn() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(name + " was cancelled");
        }
    }

    /** Waits for its end. */
    void mustSucceed() {
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new DatabaseException(name + " failed: " + complaints());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException(name + " was cancelled", e);
        }
    }

    private String complaints() throws InterruptedException {
        try {
            return complaints.get();
        } catch (ExecutionException e) {
            return "what it said cannot be read: " + e.getCause();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
