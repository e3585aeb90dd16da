package platform.core.manager;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import platform.core.api.InstanceId;
import platform.core.api.MetricPoint;

/** What was measured, in the manager's database. */
final class MetricTables {

    private static final String UPSERT = "INSERT INTO metric_sample (seconds, slot, at, platform, subjects, instances)"
            + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (seconds, slot) DO UPDATE SET at = excluded.at,"
            + " platform = excluded.platform, subjects = excluded.subjects, instances = excluded.instances";
    private static final String PLATFORM =
            "SELECT at, platform AS found FROM metric_sample WHERE seconds = ? AND at >= ? ORDER BY at";
    private static final String INSTANCE = "SELECT s.at, s.instances[1 + (i - 1) * ? : i * ?] AS found"
            + " FROM metric_subject b, metric_sample s, array_position(s.subjects, b.id) i"
            + " WHERE b.domain = ? AND b.name = ? AND i IS NOT NULL AND s.seconds = ? AND s.at >= ? ORDER BY s.at";

    private final ManagerTables tables;

    MetricTables(ManagerTables tables) {
        this.tables = tables;
    }

    /** Writes a sample into its place in the ring. Instances that are gone meanwhile are left out. */
    void write(MetricRing ring, MetricSample sample) {
        tables.transact("keep what was measured", connection -> {
            Map<InstanceId, Integer> subjects = subjects(connection);
            if (!subjects.keySet().containsAll(sample.instances().keySet())) {
                addSubjects(connection);
                subjects = subjects(connection);
            }
            subjects.keySet().retainAll(sample.instances().keySet());
            try (PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
                upsert.setInt(1, ring.seconds());
                upsert.setInt(2, ring.slot(sample.at()));
                upsert.setTimestamp(3, Timestamp.from(sample.at()));
                upsert.setArray(4, reals(connection, List.of(sample.platform())));
                upsert.setArray(
                        5, connection.createArrayOf("int4", subjects.values().toArray()));
                upsert.setArray(
                        6,
                        reals(
                                connection,
                                subjects.keySet().stream()
                                        .map(sample.instances()::get)
                                        .toList()));
                return upsert.executeUpdate();
            }
        });
    }

    private static Map<InstanceId, Integer> subjects(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id, domain, name FROM metric_subject")) {
            Map<InstanceId, Integer> subjects = new HashMap<>();
            ResultSet row = select.executeQuery();
            while (row.next()) {
                subjects.put(new InstanceId(row.getString("name"), row.getString("domain")), row.getInt("id"));
            }
            return subjects;
        }
    }

    private static void addSubjects(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO metric_subject (domain, name)"
                + " SELECT domain, name FROM instance ON CONFLICT DO NOTHING")) {
            insert.executeUpdate();
        }
    }

    private static Array reals(Connection connection, List<double[]> rows) throws SQLException {
        List<Float> values = new ArrayList<>();
        for (double[] row : rows) {
            for (double value : row) {
                values.add((float) value);
            }
        }
        return connection.createArrayOf("float4", values.toArray());
    }

    /** What there is in the ring since then, the oldest first. */
    List<MetricPoint> read(MetricRing ring, Optional<InstanceId> instance, Instant since) {
        return tables.transact("read what was measured", connection -> {
            try (PreparedStatement select = connection.prepareStatement(instance.isPresent() ? INSTANCE : PLATFORM)) {
                int next = 1;
                if (instance.isPresent()) {
                    select.setInt(next++, MetricSample.OF_INSTANCE);
                    select.setInt(next++, MetricSample.OF_INSTANCE);
                    select.setString(next++, instance.get().domain());
                    select.setString(next++, instance.get().name());
                }
                select.setInt(next++, ring.seconds());
                select.setTimestamp(next, Timestamp.from(since));
                return points(instance, select.executeQuery());
            }
        });
    }

    private static List<MetricPoint> points(Optional<InstanceId> instance, ResultSet row) throws SQLException {
        List<MetricPoint> points = new ArrayList<>();
        while (row.next()) {
            Float[] found = (Float[]) row.getArray("found").getArray();
            double[] values = MetricSample.unknown(found.length);
            for (int i = 0; i < found.length; i++) {
                values[i] = found[i];
            }
            points.add(MetricSample.point(instance, row.getTimestamp("at").toInstant(), values));
        }
        return points;
    }
}
