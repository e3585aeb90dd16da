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

/**
 * Passes over what is left of a body before it is told that the request is refused: most clients read no answer until they have
 * sent all, and lose it when the connection breaks meanwhile. Who sends still more than this loses the connection.
 */
final class RefusedBodies implements ContainerResponseFilter {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedBodies.class);
    private static final int MOST = 16 << 20;
    private static final int STEP = 1 << 16;

    /** Jersey's own stream may be closed already. */
    @Context
    private HttpServletRequest http;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() < Response.Status.BAD_REQUEST.getStatusCode()) {
            return;
        }
        try {
            int passed = 0;
            int read = 0;
            byte[] nobodyWants = new byte[STEP];
            while (passed < MOST && read >= 0) {
                read = http.getInputStream().read(nobodyWants);
                passed += read;
            }
        } catch (IOException e) {
            LOG.debug("A client did not send all of a request that was refused", e);
        }
    }
}
