package platform.core.manager;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import platform.core.api.AppMessage;
import platform.core.api.Role;

/** What can be asked for on the manager's socket, with the role that it takes. What is not here cannot be asked for. */
enum ManagerMessage {
    PLATFORM_INFO("AppPlatformInfo", "platform:info", Role.VIEWER, ManagerRequests::info),
    INSTALL_SERVICE("InstallService", "app:install", Role.ADMINISTRATOR, ManagerRequests::install),
    ADD_INSTANCE("AddInstance", "instance:create", Role.ADMINISTRATOR, ManagerRequests::add),
    START_INSTANCE("StartInstance", "instance:start", Role.OPERATOR, ManagerRequests::start);

    private static final String REQUEST = "Request";

    private final String mt;
    private final String action;
    private final Role needed;
    private final BiFunction<ManagerRequests, AppMessage, Map<String, ?>> work;

    ManagerMessage(
            String mt, String action, Role needed, BiFunction<ManagerRequests, AppMessage, Map<String, ?>> work) {
        this.mt = mt;
        this.action = action;
        this.needed = needed;
        this.work = work;
    }

    /** Some clients call a request {@code XRequest}, others {@code X}. */
    static Optional<ManagerMessage> of(String mt) {
        String name = mt.endsWith(REQUEST) ? mt.substring(0, mt.length() - REQUEST.length()) : mt;
        return Arrays.stream(values()).filter(it -> it.mt.equals(name)).findFirst();
    }

    /** What the answer is called. */
    String result() {
        return mt + "Result";
    }

    /** As the shell and the audit call it. */
    String action() {
        return action;
    }

    Role needed() {
        return needed;
    }

    /** Whether it is noted in the audit. */
    boolean changes() {
        return needed != Role.VIEWER;
    }

    Map<String, ?> run(ManagerRequests requests, AppMessage message) {
        return work.apply(requests, message);
    }
}
