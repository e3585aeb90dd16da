package platform.core.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ParamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.backup.api.BackupException;
import platform.core.api.PlatformException;
import platform.db.api.DatabaseException;
import platform.tracing.api.LogException;
import platform.webserver.api.WebserverException;

/** Makes an answer of whatever went wrong. */
final class Problems implements ExceptionMapper<Throwable> {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof PlatformException e) {
            return Problem.response(status(e), e.getMessage());
        }
        if (thrown instanceof BackupException e) {
            return Problem.response(Unprocessable.CONTENT, e.getMessage());
        }
        if (thrown instanceof DatabaseException e) {
            return Problem.response(Status.SERVICE_UNAVAILABLE, e.getMessage() + ".");
        }
        if (thrown instanceof WebserverException e) {
            return Problem.response(Status.SERVICE_UNAVAILABLE, e.getMessage());
        }
        if (thrown instanceof LogException e) {
            return Problem.response(e.isMissing() ? Status.NOT_FOUND : Status.SERVICE_UNAVAILABLE, e.getMessage());
        }
        if (thrown instanceof ProblemException e) {
            return Problem.response(e.status(), e.getMessage());
        }
        if (thrown instanceof JsonProcessingException e) {
            return Problem.response(Status.BAD_REQUEST, malformed(e));
        }
        if (thrown instanceof ParamException.QueryParamException e) {
            return Problem.response(
                    Status.BAD_REQUEST,
                    "The query parameter '" + e.getParameterName() + "' does not have its form. The document at"
                            + " openapi.json describes it.");
        }
        if (thrown instanceof WebApplicationException e) {
            return web(e);
        }
        LOG.error("A request failed, which is a mistake of the platform", thrown);
        return Problem.response(
                Status.INTERNAL_SERVER_ERROR, "The platform made a mistake; its log says which. Please report it.");
    }

    private static Status status(PlatformException e) {
        return switch (e.kind()) {
            case INVALID -> Status.BAD_REQUEST;
            case NOT_FOUND -> Status.NOT_FOUND;
            case CONFLICT -> Status.CONFLICT;
            case DENIED -> Status.FORBIDDEN;
            case FAILED -> Status.SERVICE_UNAVAILABLE;
        };
    }

    /** Where the body is wrong, but nothing of Java's classes. */
    private static String malformed(JsonProcessingException e) {
        String where = e instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(it -> it.getFieldName() == null ? "[" + it.getIndex() + "]" : it.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        String at = e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
        return where.isEmpty()
                ? "The body is not the JSON that this operation takes" + at + "."
                : "The property '" + where + "' is not one that this operation takes, or its value is not of the right"
                        + " kind" + at + ".";
    }

    private static Response web(WebApplicationException e) {
        Response.StatusType status = e.getResponse().getStatusInfo();
        Response problem = Problem.response(status, detail(status.getStatusCode()));
        return e instanceof NotAllowedException
                ? Response.fromResponse(problem)
                        .header(HttpHeaders.ALLOW, e.getResponse().getHeaderString(HttpHeaders.ALLOW))
                        .build()
                : problem;
    }

    private static String detail(int status) {
        return switch (status) {
            case 400 -> "A parameter does not have its form. The document at openapi.json describes it.";
            case 404 ->
                "There is nothing at this path, or a parameter in it does not have its form. The document at"
                        + " openapi.json lists the paths.";
            case 405 -> "This path does not have that method. The header Allow lists those that it has.";
            case 406 -> "The answer is JSON. Accept application/json; of the state also application/yaml.";
            case 415 ->
                "The body has to be JSON, an app's jar, or the state's YAML. Send Content-Type: application/json,"
                        + " application/java-archive or application/yaml.";
            default -> "The request cannot be answered.";
        };
    }

    /** RFC 9110, 15.5.21. */
    enum Unprocessable implements Response.StatusType {
        CONTENT;

        @Override
        public int getStatusCode() {
            return 422;
        }

        @Override
        public Status.Family getFamily() {
            return Status.Family.CLIENT_ERROR;
        }

        @Override
        public String getReasonPhrase() {
            return "Unprocessable Content";
        }
    }
}
