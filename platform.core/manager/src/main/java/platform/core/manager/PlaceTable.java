package platform.core.manager;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import platform.core.api.Isolation;
import platform.core.api.PlatformException;
import platform.core.api.ProcessLimits;

/** Where services run, in the manager's database. */
final class PlaceTable {

    private static final String SELECT =
            "SELECT number, isolation, heap_megabytes, files, memory_megabytes, cpu_percent FROM service WHERE name = ?";
    private static final String UPSERT = "INSERT INTO service (name, wanted, isolation, heap_megabytes, files,"
            + " memory_megabytes, cpu_percent) VALUES (?, true, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            + " isolation = excluded.isolation, heap_megabytes = excluded.heap_megabytes, files = excluded.files,"
            + " memory_megabytes = excluded.memory_megabytes, cpu_percent = excluded.cpu_percent";

    private final DataSource database;

    PlaceTable(DataSource database) {
        this.database = database;
    }

    PlaceRecord find(String app) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setString(1, app);
            ResultSet row = select.executeQuery();
            return row.next() ? read(row) : PlaceRecord.DEFAULT;
        } catch (SQLException e) {
            throw PlatformException.failed("Where " + app + " runs cannot be read: " + e.getMessage(), e);
        }
    }

    private static PlaceRecord read(ResultSet row) throws SQLException {
        return new PlaceRecord(
                row.getInt(1),
                Isolation.valueOf(row.getString(2)),
                new ProcessLimits(row.getInt(3), row.getInt(4), row.getInt(5), row.getInt(6)));
    }

    /** Keeps it, and gives it with its number. */
    PlaceRecord keep(String app, PlaceRecord place) {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            upsert.setString(1, app);
            upsert.setString(2, place.isolation().name());
            upsert.setInt(3, place.limits().heapMegabytes());
            upsert.setInt(4, place.limits().files());
            upsert.setInt(5, place.limits().memoryMegabytes());
            upsert.setInt(6, place.limits().cpuPercent());
            upsert.executeUpdate();
        } catch (SQLException e) {
            throw PlatformException.failed("Where " + app + " runs cannot be kept: " + e.getMessage(), e);
        }
        return find(app);
    }
}
