package platform.core.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriBuilder;

/** Tells where the rest of a list is, when {@link Paging} has left some. */
final class PageLinks implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object next = request.getProperty(Paging.NEXT);
        if (next != null) {
            UriBuilder uri = request.getUriInfo().getRequestUriBuilder().replaceQueryParam("offset", next);
            String target = uri.scheme(null).host(null).port(-1).build().toString();
            response.getHeaders().add(HttpHeaders.LINK, "<" + target + ">; rel=\"next\"");
        }
    }
}
