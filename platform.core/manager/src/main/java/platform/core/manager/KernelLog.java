package platform.core.manager;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kernel's log as {@code /dev/kmsg} gives it: one record with each read (Linux, Documentation/ABI/testing/dev-kmsg). */
final class KernelLog {

    private static final Pattern RECORD =
            Pattern.compile("(\\d+),\\d+,(\\d+),[^;]*;([^\\n]*)(?:\\n.*)?", Pattern.DOTALL);
    /** The kernel's own limit, and a little more. */
    private static final int LONGEST = 16 * 1024;

    private KernelLog() {}

    /**
     * What the kernel, or a program, has written.
     *
     * @param priority facility times 8 and level, as in syslog; below 8 the kernel itself
     * @param sinceBoot when
     */
    record Line(int priority, Duration sinceBoot, String text) {

        /** Whether the kernel reports an error, or worse. */
        boolean isKernelError() {
            return priority <= 3;
        }
    }

    /** Reads on until the channel ends or is closed. */
    static void read(ReadableByteChannel log, Consumer<Line> reader) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
        for (int count = next(log, buffer); count >= 0; count = next(log, buffer)) {
            buffer.flip();
            parse(StandardCharsets.UTF_8.decode(buffer).toString()).ifPresent(reader);
            buffer.clear();
        }
    }

    private static int next(ReadableByteChannel log, ByteBuffer buffer) throws IOException {
        try {
            return log.read(buffer);
        } catch (IOException e) {
            // Records were overwritten before they were read; the next read goes on behind them.
            if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
                return 0;
            }
            throw e;
        }
    }

    private static Optional<Line> parse(String record) {
        Matcher matcher = RECORD.matcher(record);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Duration since = Duration.ofNanos(Math.multiplyExact(Long.parseLong(matcher.group(2)), 1000));
        return Optional.of(new Line(Integer.parseInt(matcher.group(1)), since, matcher.group(3)));
    }
}
