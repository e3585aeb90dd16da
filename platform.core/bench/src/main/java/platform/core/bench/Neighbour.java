package platform.core.bench;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Somebody who uses a healthy app all the time, and remembers when it did not answer well. */
final class Neighbour implements AutoCloseable {

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final String name;
    private final Question question;
    private final Thread thread;
    private final Queue<Trouble> troubles = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;
    private volatile long good;
    private volatile long answers;

    /** Something that is asked again and again. */
    interface Question {

        /** @throws Exception when the answer is not as it should be */
        void ask() throws Exception;
    }

    /** A question that was not answered well, with the moments of {@code System.nanoTime} at which it began and ended. */
    record Trouble(String neighbour, long begin, long end, String text) {}

    Neighbour(String name, Question question) {
        this.name = name;
        this.question = question;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (!ended) {
            long begin = System.nanoTime();
            try {
                question.ask();
                good = begin;
                answers++;
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                troubles.add(new Trouble(name, begin, System.nanoTime(), e.toString()));
            }
            Pause.of(INTERVAL);
        }
    }

    /** Whether a question that was asked since that moment was answered well. */
    boolean isWellSince(long moment) {
        return good - moment >= 0;
    }

    long answers() {
        return answers;
    }

    Queue<Trouble> troubles() {
        return troubles;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
