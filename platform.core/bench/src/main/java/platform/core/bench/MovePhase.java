package platform.core.bench;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long an instance serves nobody while it moves from one platform to another, and what it waits for meanwhile. */
final class MovePhase implements Phase {

    private static final String TABLE = "Move of an instance that is written to";

    private static final Figure MEGABYTES = figure("MB of the database");
    private static final Figure WRITES = figure("rows written meanwhile");
    private static final Figure SECONDS = figure("seconds");
    private static final Figure PAUSED = figure("served nobody, seconds").atMost(5);
    private static final Figure GAP =
            figure("longest between two writes, seconds").atMost(5);

    /** As the platform calls what the instance waits for. */
    private static final Map<String, Figure> PHASES = phases("stop", "changes", "arrive", "redirect");

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double MEGA = 1e6;
    private static final double MILLIS = 1000;

    private static Figure figure(String column) {
        return new Figure("move", TABLE, column);
    }

    private static Map<String, Figure> phases(String... names) {
        Map<String, Figure> figures = new LinkedHashMap<>();
        for (String name : names) {
            figures.put(name, figure(name + ", seconds"));
        }
        return figures;
    }

    @Override
    public String name() {
        return "move";
    }

    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(List.of(MEGABYTES, WRITES, SECONDS, PAUSED));
        figures.addAll(PHASES.values());
        figures.add(GAP);
        return figures;
    }

    @Override
    public void measure(Trial trial) {
        if (!(trial.server() instanceof PlatformServer here)) {
            throw new BenchException("Only the platform moves instances.");
        }
        try (PlatformServer there = here.another();
                MovingInstance instance = new MovingInstance(List.of(here, there), trial.megabytes(), trial.writes())) {
            instance.mustBeWritten(LONGEST);
            instance.writer().longestGap();
            trial.record(MEGABYTES, instance.bytes() / MEGA);
            long before = instance.writer().confirmed();
            JsonObject moved = instance.move(here, there);
            trial.record(WRITES, instance.writer().confirmed() - before);
            instance.mustBeWritten(LONGEST);
            trial.record(SECONDS, seconds(moved.get("took").getAsString()));
            trial.record(PAUSED, seconds(moved.get("paused").getAsString()));
            JsonObject phases = moved.getAsJsonObject("phases");
            PHASES.forEach((name, figure) ->
                    trial.record(figure, seconds(phases.get(name).getAsString())));
            trial.record(GAP, instance.writer().longestGap().toMillis() / MILLIS);
            instance.mustBeWholeAt(there);
        }
    }

    private static double seconds(String duration) {
        return Duration.parse(duration).toMillis() / MILLIS;
    }
}
