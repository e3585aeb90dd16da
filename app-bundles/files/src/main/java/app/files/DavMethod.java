package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;

/** Answers the requests of one HTTP method, many at a time. */
@FunctionalInterface
interface DavMethod {

    /**
     * @throws DavException with the status to answer with
     * @throws IOException when the client is gone
     * @throws SQLException when the database fails
     */
    void answer(DavRequest request, HttpServletResponse response) throws IOException, SQLException;
}
