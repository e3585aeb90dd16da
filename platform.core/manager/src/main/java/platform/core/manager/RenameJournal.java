package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.InstanceId;
import platform.core.api.RenameChange;
import platform.core.api.RenameRequest;

/**
 * The renamings in the manager's database. One is noted as APPLYING before anything happens; then the folders move; then one
 * transaction changes all records and makes it DONE. So up to that transaction the old names are the truth, and from it on the
 * new ones: what was cut off before it is taken back by moving the folders home.
 */
final class RenameJournal {

    private static final Logger LOG = LoggerFactory.getLogger(RenameJournal.class);

    private final ManagerTables tables;
    private final PlatformFolders folders;

    RenameJournal(ManagerTables tables, PlatformFolders folders) {
        this.tables = tables;
        this.folders = folders;
    }

    /** A renaming as it was noted. */
    record Entry(long number, RenameRequest request, Instant begun, List<RenameChange> changes) {

        Map<InstanceId, List<RenameChange>> changesByInstance() {
            return changes.stream()
                    .collect(Collectors.groupingBy(
                            RenameChange::instance, LinkedHashMap::new, Collectors.toUnmodifiableList()));
        }
    }

    /** Notes what is about to be done; gives its number. */
    long begin(RenameDraft draft, Instant now) {
        return tables.transact("note the renaming of " + draft.request().oldName(), connection -> {
            long number = insert(connection, draft, now);
            insertChanges(connection, number, draft.describe());
            return number;
        });
    }

    private static long insert(Connection connection, RenameDraft draft, Instant now) throws SQLException {
        String sql =
                "INSERT INTO renaming (kind, old_name, new_name, state, undoes, begun) VALUES (?, ?, ?, 'applying',"
                        + " ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            insert.setString(1, draft.request().kind().name().toLowerCase(Locale.ROOT));
            insert.setString(2, draft.request().oldName());
            insert.setString(3, draft.request().newName());
            insert.setObject(4, draft.undoes().orElse(null), Types.BIGINT);
            insert.setTimestamp(5, Timestamp.from(now));
            insert.executeUpdate();
            ResultSet keys = insert.getGeneratedKeys();
            keys.next();
            return keys.getLong("number");
        }
    }

    private static void insertChanges(Connection connection, long number, List<RenameChange> changes)
            throws SQLException {
        String sql = "INSERT INTO renaming_change (renaming, position, domain, name, kind, key, old_value, new_value,"
                + " note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < changes.size(); i++) {
                RenameChange change = changes.get(i);
                insert.setLong(1, number);
                insert.setInt(2, i);
                insert.setString(3, change.instance().domain());
                insert.setString(4, change.instance().name());
                insert.setString(5, change.kind().name().toLowerCase(Locale.ROOT));
                insert.setString(6, change.key());
                insert.setString(7, change.oldValue());
                insert.setString(8, change.newValue());
                insert.setString(9, change.note());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Makes the new names the truth, all at once. */
    void commit(long number, RenameDraft draft) {
        tables.transact("rename " + draft.request().oldName(), connection -> {
            for (RecordChange change : draft.changes()) {
                tables.replace(connection, change.before().id(), change.after());
            }
            renameScopes(connection, draft);
            setState(connection, number, "done");
            if (draft.undoes().isPresent()) {
                setState(connection, draft.undoes().get(), "undone");
            }
            return null;
        });
    }

    private static void renameScopes(Connection connection, RenameDraft draft) throws SQLException {
        RenameRequest request = draft.request();
        if (request.kind() == RenameRequest.Kind.DOMAIN && draft.undoes().isPresent()) {
            UserTables.renameDomain(connection, request.newName(), request.oldName());
        } else if (request.kind() == RenameRequest.Kind.DOMAIN) {
            UserTables.renameDomain(connection, request.oldName(), request.newName());
        }
    }

    private static void setState(Connection connection, long number, String state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE renaming SET state = ? WHERE number = ?")) {
            update.setString(1, state);
            update.setLong(2, number);
            update.executeUpdate();
        }
    }

    /** Whether the new names are the truth. */
    boolean isCommitted(long number) {
        return read("state = 'applying'").stream().noneMatch(entry -> entry.number() == number);
    }

    /** The last renaming that was done and not taken back, and took none back itself. */
    Optional<Entry> last() {
        List<Entry> done = read("state = 'done' AND undoes IS NULL");
        return done.isEmpty() ? Optional.empty() : Optional.of(done.get(done.size() - 1));
    }

    /** Moves the folders of a renaming to where the new names want them. Repeating it is safe. */
    void moveFolder(RecordChange change) {
        folders.move(Provisioner.folder(change.before()), Provisioner.folder(change.after()));
    }

    /** Takes back whatever was not committed: the folders go home, the note goes. Repeating it is safe. */
    void takeBackUncommitted() {
        for (Entry entry : read("state = 'applying'")) {
            LOG.warn(
                    "The renaming of {} to {} was cut off; the old names stay",
                    entry.request().oldName(),
                    entry.request().newName());
            entry.changes().stream()
                    .filter(change -> change.kind() == RenameChange.Kind.FOLDER)
                    .forEach(this::moveHome);
            forget(entry.number());
        }
    }

    /** As {@link #takeBackUncommitted}; what cannot be taken back keeps no instance from its start, and is tried again. */
    void takeBackAtStart() {
        try {
            takeBackUncommitted();
        } catch (RuntimeException e) {
            LOG.error("Working folders of a renaming that was cut off are not where they were; the old names hold", e);
        }
    }

    private void moveHome(RenameChange change) {
        String[] home = change.oldValue().split("/");
        if (folders.isOccupied(home)) {
            LOG.warn("The folder {} stays where it is, {} is not empty", change.newValue(), change.oldValue());
        } else {
            folders.move(change.newValue().split("/"), home);
        }
    }

    private void forget(long number) {
        tables.transact("forget a renaming", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM renaming WHERE number = ? AND state = 'applying'")) {
                delete.setLong(1, number);
                return delete.executeUpdate();
            }
        });
    }

    private List<Entry> read(String condition) {
        return tables.transact("read the renamings", connection -> {
            String sql = "SELECT * FROM renaming WHERE " + condition + " ORDER BY number";
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                List<Entry> entries = new ArrayList<>();
                ResultSet rows = select.executeQuery();
                while (rows.next()) {
                    entries.add(entry(connection, rows));
                }
                return entries;
            }
        });
    }

    private static Entry entry(Connection connection, ResultSet row) throws SQLException {
        RenameRequest request = new RenameRequest(
                RenameRequest.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("old_name"),
                row.getString("new_name"));
        long number = row.getLong("number");
        return new Entry(number, request, row.getTimestamp("begun").toInstant(), changes(connection, number));
    }

    private static List<RenameChange> changes(Connection connection, long number) throws SQLException {
        String sql = "SELECT * FROM renaming_change WHERE renaming = ? ORDER BY position";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, number);
            List<RenameChange> changes = new ArrayList<>();
            ResultSet row = select.executeQuery();
            while (row.next()) {
                changes.add(new RenameChange(
                        new InstanceId(row.getString("name"), row.getString("domain")),
                        RenameChange.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        row.getString("key"),
                        row.getString("old_value"),
                        row.getString("new_value"),
                        row.getString("note")));
            }
            return changes;
        }
    }
}
