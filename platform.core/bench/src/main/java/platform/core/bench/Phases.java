package platform.core.bench;

import java.util.List;

/** All phases of sockets, in the order of the report. */
final class Phases {

    static final List<Phase> ALL = List.of(
            IdlePhase.plain(),
            IdlePhase.compressed(),
            IdlePhase.secure(),
            new EchoPhase(),
            new UpgradePhase(),
            new BroadcastPhase());

    private Phases() {}
}
