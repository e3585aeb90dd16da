package platform.core.rest;

import jakarta.ws.rs.core.Response;

/** A request that cannot be answered, with the status that says so. */
final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Response.StatusType status;

    ProblemException(Response.StatusType status, String message) {
        super(message);
        this.status = status;
    }

    static ProblemException invalid(String message) {
        return new ProblemException(Response.Status.BAD_REQUEST, message);
    }

    Response.StatusType status() {
        return status;
    }
}
