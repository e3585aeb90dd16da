package platform.core.bench.load;

/** Waits until at most a number of sockets is open, and counts; at once if there is no time to wait. */
final class Counting implements Activity {

    private final int most;
    private final double seconds;
    private final boolean dropping;
    private final int closeCode;
    private Population population;

    private Counting(int most, double seconds, boolean dropping, int closeCode) {
        this.most = most;
        this.seconds = seconds;
        this.dropping = dropping;
        this.closeCode = closeCode;
    }

    /** Counts now. */
    static Counting now() {
        return new Counting(Integer.MAX_VALUE, 1, false, 0);
    }

    /** Waits until the server has closed all but a number. */
    static Counting whenClosed(int most, double seconds) {
        return new Counting(most, seconds, false, 0);
    }

    /** Resets all. */
    static Counting afterDropping() {
        return new Counting(0, 1, true, 0);
    }

    /** Begins the close handshake on all, and waits until the server has ended them. */
    static Counting afterClosing(int code, double seconds) {
        return new Counting(0, seconds, false, code);
    }

    @Override
    public void begin(Population all) {
        population = all;
        for (LoadSocket socket : all.open().toArray(LoadSocket[]::new)) {
            if (dropping) {
                all.drop(socket);
            } else if (closeCode > 0) {
                socket.close(closeCode);
            }
        }
    }

    @Override
    public boolean isDone() {
        return population.open().size() <= most;
    }

    @Override
    public Answer answer() {
        return Answer.of("open", population.open().size())
                .with("closed", population.closed().total())
                .with("codes", population.closed());
    }

    @Override
    public double seconds() {
        return seconds;
    }
}
