package platform.core.bench.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Adds a number to a table and changes the row of that number in a large one, in one transaction. Doing it again changes nothing. */
final class Writing extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final List<String> STATEMENTS = List.of(
            "INSERT INTO written VALUES (?) ON CONFLICT DO NOTHING", "UPDATE call SET kind = 'again' WHERE id = ?");

    private final transient DataSource source;

    Writing(DataSource source) {
        this.source = source;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        long number = Long.parseLong(request.getParameter("number"));
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (String sql : STATEMENTS) {
                try (PreparedStatement statement = connection.prepareStatement(sql)) {
                    statement.setLong(1, number);
                    statement.executeUpdate();
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }
}
