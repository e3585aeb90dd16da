package platform.db.postgresql;

import java.nio.file.Path;
import java.util.Optional;
import platform.db.api.DatabaseServer;

/** A PostgreSQL server on which the platform makes databases: its own one, or one that somebody else runs. */
interface Server {

    /** The name of the platform's own. */
    String EMBEDDED = DatabaseServer.EMBEDDED;

    /** What administrators call it. */
    String name();

    /** Where it listens; stays the same while this object lives. */
    Endpoint endpoint();

    /** How the platform itself logs in. All its administrative connections come from here, whichever database they are to. */
    LoginSource administrator();

    /** Where the administrator's password is kept. */
    Path secret();

    /** A folder for files that a restore needs for as long as it lasts. */
    Path work();

    /** Whether the administrator is a superuser; if not, it may make roles and databases, and has no other rights. */
    boolean isSuperuser();

    /** The major version, at the moment. */
    int major();

    /** How many connections the platform may have at most; empty is all that the server has. */
    Optional<Integer> connections();

    /**
     * What ends a {@code CREATE ROLE}. A superuser has the rights of every role anyway; anybody else needs them to give the
     * role a database, to end its sessions and to take back what it owns.
     */
    default String roleMembers() {
        return isSuperuser() ? "" : " ROLE CURRENT_USER";
    }
}
