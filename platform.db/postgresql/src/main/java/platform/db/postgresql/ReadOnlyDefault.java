package platform.db.postgresql;

/**
 * The best that a login which is no superuser can do: new transactions of the database's owner are read-only by default, and
 * its sessions begin anew. It keeps out what does not know of it; an owner who wants to can set the default back, and nobody
 * can delete while it is on without doing so.
 */
final class ReadOnlyDefault implements WriteLock.Guard {

    private final Sessions sessions;

    ReadOnlyDefault(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void close(String database, String reason) {
        set(database, " SET default_transaction_read_only = on");
    }

    @Override
    public boolean open(String database) {
        set(database, " RESET default_transaction_read_only");
        return true;
    }

    private void set(String database, String setting) {
        String owner = sessions.owner(database);
        sessions.administer("change the settings of '" + owner + "'", connection -> {
            Rows.execute(
                    connection,
                    "ALTER ROLE " + Sql.identifier(owner) + " IN DATABASE " + Sql.identifier(database) + setting);
            return null;
        });
        sessions.endAll(database);
    }
}
