package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;

/** Which part of a list is wanted. The answer's header {@code Link} leads to the next one (RFC 8288). */
public final class Paging {

    private static final int MOST = 1000;
    private static final int FURTHEST = 1_000_000;
    static final String NEXT = "platform.core.rest.next";

    @QueryParam("limit")
    @DefaultValue("100")
    @Parameter(
            description = "How many at most.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "1000"))
    private String limit;

    @QueryParam("offset")
    @DefaultValue("0")
    @Parameter(
            description = "How many to leave out.",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "1000000"))
    private String offset;

    @Context
    private HttpServletRequest request;

    /** How many elements of a list have to be known. */
    int needed() {
        return offset() + limit() + 1;
    }

    <T> List<T> page(List<T> all) {
        int from = Math.min(offset(), all.size());
        int to = Math.min(from + limit(), all.size());
        if (to < all.size()) {
            request.setAttribute(NEXT, to);
        }
        return all.subList(from, to);
    }

    private int limit() {
        return Values.number("limit", limit, 1, MOST);
    }

    private int offset() {
        return Values.number("offset", offset, 0, FURTHEST);
    }
}
