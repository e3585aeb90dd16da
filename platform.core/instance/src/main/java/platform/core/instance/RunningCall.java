package platform.core.instance;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A call of an app's code, from its begin to its end, for who has to look at it meanwhile. */
public final class RunningCall {

    /** As many frames as tell where it hangs, and who called; besides the innermost those of the JDK say little. */
    private static final int FRAMES = 6;

    private long began;
    private Thread thread;
    private boolean over;
    private boolean interrupted;

    /** To be called by the thread that makes the call. */
    public synchronized RunningCall begin() {
        began = System.nanoTime();
        thread = Thread.currentThread();
        return this;
    }

    /** To be called by the thread that has begun it, or by who knows that none will. */
    public synchronized void end() {
        thread = null;
        over = true;
        if (interrupted) {
            // It was meant for this call, not for what the thread does next.
            Thread.interrupted();
        }
    }

    public synchronized boolean isOver() {
        return over;
    }

    /** Whether it runs for longer than that. */
    public synchronized boolean isOlderThan(Duration age) {
        return thread != null && System.nanoTime() - began > age.toNanos();
    }

    /** Its thread, as long as it runs. */
    public synchronized Optional<Thread> thread() {
        return Optional.ofNullable(thread);
    }

    public synchronized void interrupt() {
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }

    /** Where it is, the innermost frame first. */
    public String stack() {
        return thread().map(RunningCall::stack).orElse("no line of code: no thread runs it");
    }

    private static String stack(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        return IntStream.range(0, frames.length)
                .filter(i -> i == 0 || !isOfJdk(frames[i]))
                .limit(FRAMES)
                .mapToObj(i -> brief(frames[i]))
                .collect(Collectors.joining(" < "));
    }

    private static boolean isOfJdk(StackTraceElement frame) {
        return frame.getModuleName() != null && frame.getModuleName().startsWith("java.");
    }

    /** Without module and version. */
    private static String brief(StackTraceElement frame) {
        return new StackTraceElement(
                        frame.getClassName(), frame.getMethodName(), frame.getFileName(), frame.getLineNumber())
                .toString();
    }
}
