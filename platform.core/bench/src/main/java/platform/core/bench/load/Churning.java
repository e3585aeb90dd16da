package platform.core.bench.load;

/** Opens sockets and drops each as soon as it is open, again and again. */
final class Churning implements Activity {

    /** What is under way when the time is up may still come to be open. */
    private static final double GRACE_SECONDS = 5;

    private final Target target;
    private final int window;
    private final double seconds;
    private final long begin = System.nanoTime();
    private Population population;
    private int upgraded;
    private int failed;
    private int underWay;
    private String failure = "";

    /** @param window how many are under way at a time */
    Churning(Target target, int window, double seconds) {
        this.target = target;
        this.window = window;
        this.seconds = seconds;
    }

    @Override
    public void begin(Population all) {
        population = all;
        for (int i = 0; i < window; i++) {
            next();
        }
    }

    @Override
    public void opened(LoadSocket socket) {
        underWay--;
        upgraded++;
        population.drop(socket);
        next();
    }

    @Override
    public void failed(LoadSocket socket, String reason) {
        underWay--;
        failed++;
        failure = reason;
        next();
    }

    private void next() {
        if ((System.nanoTime() - begin) / 1e9 < seconds) {
            underWay++;
            population.connect(target);
        }
    }

    @Override
    public boolean isDone() {
        return underWay == 0;
    }

    @Override
    public Answer answer() {
        return Answer.of("upgraded", upgraded)
                .with("failed", failed)
                .with("seconds", (System.nanoTime() - begin) / 1e9)
                .with("failure", failure);
    }

    @Override
    public double seconds() {
        return seconds + GRACE_SECONDS;
    }
}
