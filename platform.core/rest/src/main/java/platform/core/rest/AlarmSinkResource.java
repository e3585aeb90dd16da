package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.AlarmSinks;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.SinkSetup;

/** The places that alarms are told to. */
@Path("alarms/sinks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class AlarmSinkResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    AlarmSinkResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "listAlarmSinks", summary = "List the places that alarms are told to, by name.")
    public List<Sink> list(@BeanParam Paging paging) {
        return paging.page(sinks().list()).stream().map(Sink::of).toList();
    }

    @GET
    @Path("{sink}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "getAlarmSink", summary = "Show a place that alarms are told to.")
    public Sink get(@PathParam("sink") String name) {
        return find(name)
                .orElseThrow(() -> PlatformException.notFound("There is no such sink. Look at the list of sinks."));
    }

    @PUT
    @Path("{sink}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "putAlarmSink",
            summary = "Add a place that alarms are told to, or replace it, with its secret. It is told all active"
                    + " alarms.",
            description = "The secret is never answered. Who replaces a sink sends it again.")
    @APIResponseSchema(Sink.class)
    public Response put(@PathParam("sink") String name, NewSink wanted, @BeanParam Change change) {
        SinkSetup setup = wanted.setup(name);
        return tasks.runIfUnchanged(change, () -> find(name).orElse(null), progress -> Sink.of(sinks().add(setup)));
    }

    @DELETE
    @Path("{sink}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "removeAlarmSink",
            summary = "Forget a place that alarms are told to, with what it has not been told yet.",
            description = "It answers with the sink as it was.")
    @APIResponseSchema(Sink.class)
    public Response remove(@PathParam("sink") String name, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(name), progress -> {
            Sink former = get(name);
            sinks().remove(name);
            return former;
        });
    }

    @POST
    @Path("{sink}/test")
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "testAlarmSink", summary = "Send a message that says it is a test, once.")
    @APIResponseSchema(TestedSink.class)
    public Response test(@PathParam("sink") String name, @BeanParam Change change) {
        get(name);
        return tasks.run(change, progress -> new TestedSink(name, sinks().test(name)));
    }

    private Optional<Sink> find(String name) {
        return sinks().list().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .map(Sink::of);
    }

    private AlarmSinks sinks() {
        return parts.need(AlarmSinks.class);
    }
}
