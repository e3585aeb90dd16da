package platform.core.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How much memory an idle socket costs: the growth from no open socket to many, divided by their number. */
final class IdlePhase implements Phase {

    /** So many are opened and dropped before the first look, and again until the young generation is used up. */
    private static final int WARM_UP_SOCKETS = 3000;

    private static final int MOST_WARM_UPS = 6;

    /** What pools keep of dropped sockets serves later ones, and would be missing from their cost: few at a time. */
    private static final int WARM_UP_PART = 20;

    private static final int LEAST_AT_A_TIME = 50;

    /** Then each page of the young generation was used before the first look. */
    private static final int YOUNG_COLLECTIONS = 2;

    private final String name;
    private final boolean tls;
    private final boolean deflate;
    private final List<Step> steps;

    private IdlePhase(String name, String table, boolean tls, boolean deflate, Use... uses) {
        this.name = name;
        this.tls = tls;
        this.deflate = deflate;
        this.steps =
                List.of(uses).stream().map(use -> new Step(name, table, use)).toList();
    }

    static IdlePhase plain() {
        return new IdlePhase("idle", "One idle socket", false, false, Use.NONE, Use.SMALL);
    }

    static IdlePhase compressed() {
        return new IdlePhase(
                "deflate", "One idle socket, permessage-deflate offered", false, true, Use.SMALL, Use.LARGE);
    }

    static IdlePhase secure() {
        return new IdlePhase(
                "tls", "One idle socket, TLS 1.3 by JSSE in every server", true, false, Use.NONE, Use.SMALL);
    }

    /** What a socket was used for before it became idle. */
    private enum Use {
        NONE(0, "never used"),
        SMALL(64, "after a message of 64 B"),
        LARGE(1024, "after another of 1 KiB");

        private final int bytes;
        private final String title;

        Use(int bytes, String title) {
            this.bytes = bytes;
            this.title = title;
        }
    }

    /** A use and the figures that are taken after it. */
    private record Step(Use use, Figure heap, Figure rssAnon, Figure rss) {

        Step(String phase, String table, Use use) {
            this(
                    use,
                    new Figure(phase, table, "heap B, " + use.title),
                    new Figure(phase, table, "RssAnon B, " + use.title),
                    new Figure(phase, table, "VmRSS B, " + use.title));
        }

        void record(Trial trial, Memory each) {
            trial.record(heap, each.heap());
            trial.record(rssAnon, each.rssAnon());
            trial.record(rss, each.rss());
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean deflate() {
        return deflate;
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        steps.forEach(step -> figures.addAll(List.of(step.heap(), step.rssAnon(), step.rss())));
        return figures;
    }

    @Override
    public void measure(Trial trial) {
        URI uri = trial.server().echo(tls);
        warmUp(trial, uri);
        // What the compiler no longer uses the JVM itself keeps for up to five seconds.
        Pause.of(Duration.ofMillis((long) (trial.warmUpSeconds() * 1000)));
        Memory before = trial.probe().memory();
        trial.load().open(trial.sockets(), uri, deflate);
        for (Step step : steps) {
            if (step.use().bytes > 0) {
                trial.load().echo(step.use().bytes);
            }
            Memory growth = trial.probe().memory().minus(before);
            trial.load().mustBeOpen(trial.sockets());
            step.record(trial, growth.dividedBy(trial.sockets()));
        }
        trial.load().drop();
    }

    private void warmUp(Trial trial, URI uri) {
        boolean more = true;
        for (int i = 0; more && i < MOST_WARM_UPS; i++) {
            openAndDrop(trial, uri);
            more = trial.probe().youngCollections() < YOUNG_COLLECTIONS;
        }
    }

    private void openAndDrop(Trial trial, URI uri) {
        int all = Math.min(WARM_UP_SOCKETS, trial.sockets());
        int some = Math.min(all, Math.max(LEAST_AT_A_TIME, trial.sockets() / WARM_UP_PART));
        for (int opened = 0; opened < all; opened += some) {
            trial.load().open(some, uri, deflate);
            for (Step step : steps) {
                trial.load().echo(Math.max(Use.SMALL.bytes, step.use().bytes));
            }
            trial.load().drop();
        }
    }
}
