package app.files;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;

/** The properties that clients have set, in one transaction. */
final class Properties {

    private final Sql sql;

    Properties(Sql sql) {
        this.sql = sql;
    }

    /** The properties of each of these entries that has some. */
    Map<Long, List<Property>> of(Collection<Long> entries) throws SQLException {
        return sql
                .list(
                        "SELECT entry, namespace, name, value FROM property WHERE entry = ANY (?) ORDER BY 1, 2, 3",
                        row -> new Property(
                                row.getLong(1), new QName(row.getString(2), row.getString(3)), row.getString(4)),
                        (Object) entries.toArray(Long[]::new))
                .stream()
                .collect(Collectors.groupingBy(Property::entry));
    }

    void set(long entry, QName name, String value) throws SQLException {
        sql.update(
                "INSERT INTO property (entry, namespace, name, value) VALUES (?, ?, ?, ?) "
                        + "ON CONFLICT (entry, namespace, name) DO UPDATE SET value = excluded.value",
                entry,
                name.getNamespaceURI(),
                name.getLocalPart(),
                value);
    }

    void remove(long entry, QName name) throws SQLException {
        sql.update(
                "DELETE FROM property WHERE entry = ? AND namespace = ? AND name = ?",
                entry,
                name.getNamespaceURI(),
                name.getLocalPart());
    }

    /** Gives an entry the properties of another in the place of its own. */
    void replace(long entry, long source) throws SQLException {
        sql.update("DELETE FROM property WHERE entry = ?", entry);
        sql.update(
                "INSERT INTO property SELECT ?, namespace, name, value FROM property WHERE entry = ?", entry, source);
    }

    /**
     * A property that a client has set.
     *
     * @param value the whole element
     */
    record Property(long entry, QName name, String value) {}
}
