package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import platform.core.api.ProcessLimits;

/** On folders that look as the kernel's do. */
class ControlGroupsTest {

    private static final ProcessLimits LIMITS = new ProcessLimits(128, 512, 512, 150);

    @TempDir
    Path mount;

    private Path own;
    private ControlGroups groups;

    @BeforeEach
    void delegate() throws IOException {
        own = Files.createDirectories(mount.resolve("system.slice/platform.service"));
        write(mount.resolve("cgroup.controllers"), "cpu io memory pids");
        write(own.resolve("cgroup.controllers"), "cpu memory pids");
        write(own.resolve("cgroup.subtree_control"), "");
        write(own.resolve("cgroup.procs"), ProcessHandle.current().pid() + "\n");
        Path membership = mount.resolve("membership");
        write(membership, "1:name=systemd:/elsewhere\n0::/system.slice/platform.service\n");
        groups = new ControlGroups(mount, membership);
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    @Test
    void aProcessHasAGroupWithItsLimits() throws IOException {
        groups.enter("files", 4711, LIMITS);

        Path group = own.resolve("app-files");
        assertThat(group.resolve("memory.max")).hasContent("536870912");
        assertThat(group.resolve("cpu.max")).hasContent("150000 100000");
        assertThat(group.resolve("cgroup.procs")).hasContent("4711");
    }

    @Test
    void whatHasNoLimitIsNotWritten() throws IOException {
        groups.enter("files", 4711, new ProcessLimits(128, 512, ProcessLimits.NONE, 50));

        assertThat(own.resolve("app-files/memory.max")).doesNotExist();
        assertThat(own.resolve("app-files/cpu.max")).hasContent("50000 100000");
    }

    @Test
    void thePlatformLeavesItsGroupBeforeItsChildrenAreLimited() throws IOException {
        groups.enter("files", 4711, LIMITS);

        assertThat(own.resolve("platform/cgroup.procs"))
                .hasContent(Long.toString(ProcessHandle.current().pid()));
        assertThat(own.resolve("cgroup.subtree_control")).hasContent("+memory +cpu");

        write(own.resolve("cgroup.procs"), "");
        write(mount.resolve("membership"), "0::/system.slice/platform.service/platform\n");
        groups.enter("hello", 4712, LIMITS);
        assertThat(own.resolve("app-hello/cgroup.procs")).hasContent("4712");
    }

    @Test
    void aGroupThatHoldsOthersIsLeftAlone() throws IOException {
        write(own.resolve("cgroup.procs"), "1\n" + ProcessHandle.current().pid() + "\n");

        assertThatThrownBy(() -> groups.enter("files", 4711, LIMITS)).hasMessageContaining("holds others");
        assertThat(own.resolve("platform")).doesNotExist();
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        write(own.resolve("cgroup.controllers"), "pids");
        assertThatThrownBy(() -> groups.enter("files", 4711, LIMITS)).hasMessageContaining("Delegate=yes");

        Files.delete(mount.resolve("cgroup.controllers"));
        assertThatThrownBy(() -> groups.enter("files", 4711, LIMITS))
                .hasMessageContaining("no control groups of version 2");
    }

    @Test
    void aGroupKnowsWhetherItRanOutOfMemoryAndIsRemoved() throws IOException {
        ControlGroup group = new ControlGroup(Files.createDirectory(own.resolve("app-files")));
        Path events = group.folder().resolve("memory.events");
        assertThat(group.ranOut()).isFalse();
        write(events, "max 12\noom 0\noom_kill 0\n");
        assertThat(group.ranOut()).isFalse();
        write(events, "max 12\noom 1\noom_kill 1\n");
        assertThat(group.ranOut()).isTrue();

        Files.delete(events);
        group.close();
        assertThat(group.folder()).doesNotExist();
    }
}
