package platform.core.bench.load;

import java.util.Collection;

/** The sockets of the load client, as an activity uses them. */
interface Population {

    /** Those that are open, in the order of their opening; must not be changed. */
    Collection<LoadSocket> open();

    /** Begins to open one more; the activity hears of the outcome. */
    void connect(Target target);

    /** Resets it; nobody hears of it. */
    void drop(LoadSocket socket);

    /** How the server has ended sockets: the numbers of each close code. */
    Tally closed();
}
