package platform.core.manager;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import platform.core.api.ProcessLimits;

/**
 * Control groups of Linux (cgroup v2), one for each process that has limits, below the platform's own. Only a group that was
 * delegated to the platform is used: one with the controllers that limit, that it may change and that holds nobody else.
 */
final class ControlGroups {

    private static final String CONTROLLERS = "cgroup.controllers";
    private static final String CHILDREN = "cgroup.subtree_control";
    private static final String MEMBERS = "cgroup.procs";
    /** With systemd the line {@code Delegate=yes} gives it. */
    private static final String DELEGATE = " Delegate it to the platform (systemd: Delegate=yes).";

    private final Path mount;
    private final Path membership;

    /**
     * @param mount where the system shows its groups, as a rule {@code /sys/fs/cgroup}
     * @param membership the file that says which group this process is in, as a rule {@code /proc/self/cgroup}
     */
    ControlGroups(Path mount, Path membership) {
        this.mount = mount;
        this.membership = membership;
    }

    /**
     * Puts a process into a group of its own, and so all that it starts.
     *
     * @throws IOException when that cannot be; the message says why
     */
    ControlGroup enter(String app, long process, ProcessLimits limits) throws IOException {
        Path own = own();
        require(own);
        leave(own);
        ControlGroup group = new ControlGroup(Files.createDirectories(own.resolve("app-" + app)));
        try {
            group.limit(limits);
            group.add(process);
            return group;
        } catch (IOException e) {
            group.close();
            throw e;
        }
    }

    /** The platform itself may have moved into a group of its own before. */
    private Path own() throws IOException {
        if (!Files.exists(mount.resolve(CONTROLLERS))) {
            throw new IOException("This machine has no control groups of version 2 at " + mount + ".");
        }
        try (Stream<String> lines = Files.lines(membership)) {
            String path = lines.filter(line -> line.startsWith("0::/"))
                    .map(line -> line.substring("0::/".length()))
                    .findFirst()
                    .orElse("");
            Path own = mount.resolve(path);
            return own.endsWith(ControlGroup.PLATFORM) ? own.getParent() : own;
        }
    }

    private static void require(Path own) throws IOException {
        if (!words(own.resolve(CONTROLLERS)).containsAll(ControlGroup.CONTROLLERS)) {
            throw new IOException("The control group " + own + " cannot limit memory and cpu." + DELEGATE);
        }
        if (!Files.isWritable(own) || !Files.isWritable(own.resolve(CHILDREN))) {
            throw new IOException("The platform's user may not change the control group " + own + "." + DELEGATE);
        }
        Set<Long> ours = Stream.concat(
                        Stream.of(ProcessHandle.current()),
                        ProcessHandle.current().descendants())
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
        if (!ours.containsAll(members(own))) {
            throw new IOException("The control group " + own + " holds others beside the platform." + DELEGATE);
        }
    }

    /** A group whose children are limited must hold no process itself (kernel: no internal processes). */
    private static void leave(Path own) throws IOException {
        ControlGroup platform = new ControlGroup(Files.createDirectories(own.resolve(ControlGroup.PLATFORM)));
        for (long process : members(own)) {
            platform.add(process);
        }
        Files.writeString(own.resolve(CHILDREN), "+memory +cpu");
    }

    private static List<Long> members(Path group) throws IOException {
        return words(group.resolve(MEMBERS)).stream().map(Long::valueOf).toList();
    }

    private static List<String> words(Path file) throws IOException {
        String text = Files.exists(file) ? Files.readString(file).strip() : "";
        return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
    }
}
