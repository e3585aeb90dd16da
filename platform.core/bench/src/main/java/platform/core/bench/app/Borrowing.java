package platform.core.bench.app;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import javax.sql.DataSource;

/** Borrows a connection many times, one loan after the other, and answers how long that took, in nanoseconds. */
final class Borrowing extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int MOST = 10_000_000;

    private final transient DataSource source;

    Borrowing(DataSource source) {
        this.source = source;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int loans = Math.min(MOST, Math.max(1, Integer.parseInt(request.getParameter("loans"))));
        try {
            borrow(loans);
            long[] nanos = borrow(loans);
            response.setContentType("application/json");
            response.getWriter()
                    .print(String.format(
                            Locale.ROOT,
                            "{\"p50\": %d, \"p99\": %d}",
                            nanos[nanos.length / 2],
                            nanos[(int) (nanos.length * 0.99)]));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** In the order of their length. */
    private long[] borrow(int loans) throws SQLException {
        long[] nanos = new long[loans];
        for (int i = 0; i < loans; i++) {
            long begin = System.nanoTime();
            try (Connection connection = source.getConnection()) {
                nanos[i] = System.nanoTime() - begin;
                if (connection.isClosed()) {
                    throw new SQLException("A connection that is just borrowed is closed");
                }
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }
}
