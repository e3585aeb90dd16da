package platform.core.manager;

import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** Each of them once, and whenever one is taken, first who is asked for by then. */
final class AskedFirst<T> implements Iterable<T> {

    private final Collection<T> all;
    private final Predicate<T> isAsked;

    AskedFirst(Collection<T> all, Predicate<T> isAsked) {
        this.all = all;
        this.isAsked = isAsked;
    }

    @Override
    public Iterator<T> iterator() {
        Set<T> left = new LinkedHashSet<>(all);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !left.isEmpty();
            }

            @Override
            public T next() {
                T next = left.stream()
                        .filter(isAsked)
                        .findFirst()
                        .orElseGet(() -> left.iterator().next());
                left.remove(next);
                return next;
            }
        };
    }
}
