package platform.core.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {

    @TempDir
    Path temp;

    @Test
    void theHolderIsNamedToTheSecond() {
        DataFolder data = DataFolder.open(temp);
        DataLock lock = DataLock.take(data);
        assertThatThrownBy(() -> DataLock.take(data))
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining(temp + " is in use by process "
                        + ProcessHandle.current().pid());
        lock.close();
    }

    @Test
    void aReleasedLockLeavesNoPidFileAndCanBeTakenAgain() {
        DataFolder data = DataFolder.open(temp);
        DataLock first = DataLock.take(data);
        assertThat(data.path("run/platform.pid"))
                .hasContent(ProcessHandle.current().pid() + "\n");
        first.close();
        first.close();
        assertThat(data.path("run/platform.pid")).doesNotExist();
        DataLock.take(data).close();
    }
}
