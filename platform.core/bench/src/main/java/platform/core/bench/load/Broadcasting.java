package platform.core.bench.load;

import java.nio.ByteBuffer;

/** Sends from one socket what the server sends on to all, and waits until each has it; then again. */
final class Broadcasting implements Activity {

    private final Payload payload;
    private final int times;
    private final double seconds;
    private final Latencies toTheLast = new Latencies();
    private Population population;
    private LoadSocket sender;
    private int received;
    private int wrong;

    Broadcasting(int bytes, int times, double seconds) {
        this.payload = new Payload(bytes);
        this.times = times;
        this.seconds = seconds;
    }

    @Override
    public void begin(Population all) {
        population = all;
        sender = all.open().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No socket is open: open some first."));
        sender.send(payload, false);
    }

    @Override
    public void message(LoadSocket socket, ByteBuffer message) {
        if (!payload.matches(message, sender.number(), sender.sequence())) {
            wrong++;
            return;
        }
        received++;
        if (received >= population.open().size()) {
            toTheLast.add(System.nanoTime() - sender.sentAt());
            again();
        }
    }

    private void again() {
        if (!isDone()) {
            received = 0;
            sender.send(payload, false);
        }
    }

    @Override
    public boolean isDone() {
        return toTheLast.count() >= times;
    }

    @Override
    public Answer answer() {
        return Answer.of("broadcasts", toTheLast.count())
                .with("sockets", population.open().size())
                .with("received", received)
                .with("wrong", wrong)
                .with("last_us", toTheLast.microseconds(0.5));
    }

    @Override
    public double seconds() {
        return seconds;
    }
}
