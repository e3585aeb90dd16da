package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import platform.core.api.Audit;
import platform.core.api.AuditDiff;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/**
 * The one place that every operation is called through: it lets pass what the caller's role and scope allow, and notes what
 * changes the platform, also what was refused. What cannot be noted is not done.
 */
final class Gate implements ContainerRequestFilter, ContainerResponseFilter {

    private static final Logger LOG = LoggerFactory.getLogger("audit");

    private final Parts parts;

    @Context
    private ResourceInfo resource;

    @Context
    private HttpServletRequest request;

    Gate(Parts parts) {
        this.parts = parts;
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
        Method method = resource.getResourceMethod();
        AuditEvent event = Operations.takesFile(method) ? admitFile(method, context) : admit(method, context);
        if (!Operations.isHarmless(context.getMethod())) {
            Call call = Call.begin(parts.need(Audit.class), event, diff(event, context));
            request.setAttribute(Call.ATTRIBUTE, call);
        }
    }

    private AuditEvent admit(Method method, ContainerRequestContext context) throws IOException {
        byte[] sent = Body.read(context);
        // Who may not call it at all does not learn what it would take.
        pass(method, Body.NONE, context);
        QueryNames.check(method, context.getUriInfo().getQueryParameters().keySet());
        return pass(method, Body.parse(sent, Operations.takesBody(method)), context);
    }

    /** The operation reads the file itself. */
    private AuditEvent admitFile(Method method, ContainerRequestContext context) {
        AuditEvent event = pass(method, Body.NONE, context);
        QueryNames.check(method, context.getUriInfo().getQueryParameters().keySet());
        return event;
    }

    private AuditEvent pass(Method method, Body body, ContainerRequestContext context) {
        Optional<Needs> needs = Optional.ofNullable(method).map(it -> it.getAnnotation(Needs.class));
        Optional<String> refusal = needs.isEmpty()
                ? Optional.of("the operation does not say what role it takes, so nobody can call it")
                : refusal(needs.get(), body, context);
        AuditEvent event = new AuditEvent(caller(), action(method), arguments(context, body), target(context));
        refusal.ifPresent(reason -> refuse(event, reason));
        return event;
    }

    private Caller caller() {
        return Callers.of(request);
    }

    private Optional<String> refusal(Needs needs, Body body, ContainerRequestContext context) {
        Caller caller = caller();
        MultivaluedMap<String, String> query = context.getUriInfo().getQueryParameters();
        boolean above = Stream.of(needs.administratorFor()).anyMatch(it -> body.has(it) || query.containsKey(it));
        Role needed = above ? Role.ADMINISTRATOR : needs.value();
        Optional<String> instance = instance(context);
        boolean within = caller.scope().everything()
                || instance.map(caller.scope()::includes).orElse(needs.filtered());
        return refusal(caller, needed, within);
    }

    /** Why somebody may not do something; empty when he may. @param within whether it is in his scope */
    static Optional<String> refusal(Caller caller, Role needed, boolean within) {
        if (!caller.role().includes(needed)) {
            return Optional.of("this takes the role " + needed + ", and yours is " + caller.role());
        }
        return within ? Optional.empty() : Optional.of("it is outside of your scope, " + caller.scope());
    }

    private void refuse(AuditEvent event, String reason) {
        LOG.warn("{} {} {} refused: {}", event.caller().user(), event.action(), event.target(), reason);
        parts.find(Audit.class).ifPresent(it -> it.refuse(event, reason));
        throw new PlatformException(
                PlatformException.Kind.DENIED,
                event.action() + ": " + reason + ". Ask an administrator of the platform.");
    }

    private static Optional<String> instance(ContainerRequestContext context) {
        return Optional.ofNullable(context.getUriInfo().getPathParameters().getFirst(Operations.INSTANCE));
    }

    private AuditDiff diff(AuditEvent event, ContainerRequestContext context) {
        List<AuditDiff.Thing> things = context.getUriInfo().getPathParameters().entrySet().stream()
                .flatMap(it -> it.getValue().stream().map(name -> new AuditDiff.Thing(it.getKey(), name)))
                .toList();
        return new AuditDiff(event.action(), things, parts::find);
    }

    private static String target(ContainerRequestContext context) {
        return String.join(
                ",",
                context.getUriInfo().getPathParameters().values().stream()
                        .flatMap(it -> it.stream())
                        .toList());
    }

    private static String action(Method method) {
        return method == null ? "unknown" : Operations.name(method);
    }

    private static String arguments(ContainerRequestContext context, Body body) {
        String query = context.getUriInfo().getRequestUri().getRawQuery();
        return (query == null ? "" : query + " ") + body.withoutSecrets();
    }

    @Override
    public void filter(ContainerRequestContext context, ContainerResponseContext response) {
        Call.of(request).filter(it -> !it.isHandedOver()).ifPresent(it -> end(it, response));
    }

    /** What was done cannot be undone for the audit's sake: the log has it, and the entry stays without an end. */
    private static void end(Call call, ContainerResponseContext response) {
        boolean done = response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL;
        String reason = response.getEntity() instanceof Problem problem ? problem.detail() : "";
        try {
            call.end(done ? "done" : "failed: " + reason);
        } catch (PlatformException e) {
            LOG.error(
                    "The end of {} by {} is not noted",
                    call.event().action(),
                    call.caller().user(),
                    e);
        }
    }
}
