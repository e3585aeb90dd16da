package platform.core.bench.load;

/** What the load client does for one command, on the loop's thread. It ends when it is done, or when its time is up. */
interface Activity extends SocketEvents {

    void begin(Population population);

    boolean isDone();

    /** What came of it, also when its time was up first. */
    Answer answer();

    /** After how many seconds its time is up. */
    double seconds();
}
