package app.hello;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;

// region visits
/** Counts its own requests in the instance's database. */
final class Visits extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String COUNT = "UPDATE visits SET count = count + 1 RETURNING count";

    private final transient DataSource database;

    Visits(DataSource database) {
        this.database = database;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var result = statement.executeQuery(COUNT)) {
            result.next();
            response.setContentType("text/plain; charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            response.getWriter().println(result.getLong(1));
        } catch (SQLException e) {
            throw new ServletException("The visit was not counted; try again", e);
        }
    }
}
// endregion
