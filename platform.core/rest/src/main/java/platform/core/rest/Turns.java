package platform.core.rest;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * One change at a time of each thing: of two calls that saw the same, the second one sees what the first one did. Instances have
 * such a lock themselves, which also holds for who changes them without REST.
 */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();
    private final Set<String> busy = new HashSet<>();

    /** Does the work when nobody else is at that thing. */
    <T> T take(String thing, Supplier<T> work) {
        enter(thing);
        try {
            return work.get();
        } finally {
            leave(thing);
        }
    }

    private void enter(String thing) {
        lock.lock();
        try {
            while (!busy.add(thing)) {
                left.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(String thing) {
        lock.lock();
        try {
            busy.remove(thing);
            left.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
