package platform.core.admin;

import java.util.List;
import platform.core.api.State;

/** The buttons of what can be started and stopped. */
final class Lifecycle {

    private static final String START = "start";
    private static final String STOP = "stop";
    private static final String RESTART = "restart";

    private Lifecycle() {}

    static List<String> actions(State state) {
        return state == State.STOPPED || state == State.INSTALLED ? List.of(START) : List.of(STOP, RESTART);
    }

    static void act(String action, Runnable start, Runnable stop) {
        if (!action.equals(START)) {
            stop.run();
        }
        if (!action.equals(STOP)) {
            start.run();
        }
    }
}
