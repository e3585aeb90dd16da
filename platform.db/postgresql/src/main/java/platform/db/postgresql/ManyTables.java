package platform.db.postgresql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;

/** Asks the same of thousands of tables. */
final class ManyTables {

    /** A question for each table would take longer on the way than in the server; one for all would need all their locks. */
    private static final int BATCH = 50;

    private ManyTables() {}

    /**
     * Reads each table.
     *
     * @param connection one in a transaction
     * @param tables as SQL calls them
     * @param what the expressions after {@code SELECT}, aggregates
     * @param mapper finds them from the second column on
     * @return an answer for each table, in their order
     */
    static <T> List<T> ask(Connection connection, List<String> tables, String what, Rows.Mapper<T> mapper)
            throws SQLException {
        List<T> answers = new ArrayList<>();
        for (int begin = 0; begin < tables.size(); begin += BATCH) {
            // Taken back, it gives its locks back: thousands of tables would need more than the server has.
            Savepoint before = connection.setSavepoint();
            List<String> batch = tables.subList(begin, Math.min(begin + BATCH, tables.size()));
            answers.addAll(Rows.list(connection, union(batch, what), mapper));
            connection.rollback(before);
        }
        return answers;
    }

    private static String union(List<String> tables, String what) {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < tables.size(); i++) {
            sql.append(i == 0 ? "SELECT " : " UNION ALL SELECT ");
            sql.append(i).append(", ").append(what).append(" FROM ONLY ").append(tables.get(i));
        }
        return sql.append(" ORDER BY 1").toString();
    }
}
