package platform.core.bench.load;

/** Opens a number of sockets, some at a time. */
final class Opening implements Activity {

    private final Target target;
    private final int wanted;
    private final int window;
    private final double seconds;
    private final long begin = System.nanoTime();
    private Population population;
    private int begun;
    private int opened;
    private int failed;
    private String failure = "";

    /** @param window how many are under way at a time */
    Opening(Target target, int wanted, int window, double seconds) {
        this.target = target;
        this.wanted = wanted;
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

    private void next() {
        if (begun < wanted) {
            begun++;
            population.connect(target);
        }
    }

    @Override
    public void opened(LoadSocket socket) {
        opened++;
        next();
    }

    @Override
    public void failed(LoadSocket socket, String reason) {
        failed++;
        failure = reason;
        next();
    }

    @Override
    public boolean isDone() {
        return opened + failed >= wanted;
    }

    @Override
    public Answer answer() {
        return Answer.of("opened", opened)
                .with("failed", wanted - opened)
                .with("seconds", (System.nanoTime() - begin) / 1e9)
                .with("failure", failure.isEmpty() && opened < wanted ? "the time was up" : failure);
    }

    @Override
    public double seconds() {
        return seconds;
    }
}
