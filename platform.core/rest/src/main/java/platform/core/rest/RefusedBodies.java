package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.webserver.api.RequestBodies;

/** Passes over what is left of a body before it is told that the request is refused. */
final class RefusedBodies implements ContainerResponseFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedBodies.class);

    /** Jersey's own stream may be closed already. */
    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
            return;
        }
        try {
            RequestBodies.passOver(http);
        } catch (IOException e) {
            LOG.debug("A client did not send all of a request that was refused", e);
        }
    }
}
