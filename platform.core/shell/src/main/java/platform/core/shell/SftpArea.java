package platform.core.shell;

import java.util.Arrays;
import java.util.Optional;
import platform.core.api.Caller;
import platform.core.api.Role;

/** The folders of the data folder that are reached by SFTP, and what they take. What is not here is not there. */
enum SftpArea {
    /** They name all instances, so that a scope is not enough. */
    LOGS("logs", Role.VIEWER, Optional.empty(), false),
    /** Encrypted, each with the data of an instance or of all. */
    BACKUPS("backups", Role.OPERATOR, Optional.of(Role.ADMINISTRATOR), true),
    /** A dump of the memory holds the secrets of all. */
    DUMPS("dumps", Role.ADMINISTRATOR, Optional.of(Role.ADMINISTRATOR), true),
    /** What is put there runs. */
    APPS("apps", Role.ADMINISTRATOR, Optional.of(Role.ADMINISTRATOR), true);

    private final String folder;
    private final Role reads;
    private final Optional<Role> writes;
    private final boolean audited;

    SftpArea(String folder, Role reads, Optional<Role> writes, boolean audited) {
        this.folder = folder;
        this.reads = reads;
        this.writes = writes;
        this.audited = audited;
    }

    static Optional<SftpArea> of(String folder) {
        return Arrays.stream(values())
                .filter(area -> area.folder.equals(folder))
                .findFirst();
    }

    boolean mayRead(Caller caller) {
        return caller.mayEverywhere(reads);
    }

    boolean mayWrite(Caller caller) {
        return writes.filter(caller::mayEverywhere).isPresent();
    }

    /** Whether it is noted who has read a file of it. */
    boolean isAudited() {
        return audited;
    }
}
