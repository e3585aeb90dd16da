package platform.core.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Gives each answer a tag that changes with it; who has that very answer already does not get it again. */
final class EntityTags implements ContainerResponseFilter {

    private static final int BYTES = 16;

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!request.getMethod().equals(HttpMethod.GET)
                || response.getStatus() != Response.Status.OK.getStatusCode()
                || !MediaType.APPLICATION_JSON_TYPE.isCompatible(response.getMediaType())) {
            return;
        }
        byte[] json = bytes(response.getEntity());
        EntityTag tag = tag(json);
        response.getHeaders().putSingle(HttpHeaders.ETAG, tag);
        Response.ResponseBuilder unchanged = request.getRequest().evaluatePreconditions(tag);
        if (unchanged != null && isAsked(request)) {
            response.setStatusInfo(Response.Status.NOT_MODIFIED);
            response.setEntity(null);
        } else {
            response.setEntity(json, response.getEntityAnnotations(), MediaType.APPLICATION_JSON_TYPE);
        }
    }

    private static boolean isAsked(ContainerRequestContext request) {
        return request.getHeaderString(HttpHeaders.IF_NONE_MATCH) != null;
    }

    /** The tag of what a GET would answer with now. */
    static EntityTag of(Object entity) {
        return tag(bytes(entity));
    }

    private static byte[] bytes(Object entity) {
        try {
            return entity instanceof byte[] done ? done : JsonFormat.MAPPER.writeValueAsBytes(entity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An answer cannot be written as JSON", e);
        }
    }

    private static EntityTag tag(byte[] json) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(json);
            return new EntityTag(HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
