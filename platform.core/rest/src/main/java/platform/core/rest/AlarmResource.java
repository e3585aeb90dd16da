package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.AlarmFixes;
import platform.core.api.AlarmInfo;
import platform.core.api.AlarmSeverity;
import platform.core.api.Alarms;
import platform.core.api.Caller;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** The alarms. The instance of a path is the source: it may as well be a part of the platform. */
@Path("alarms")
@Produces(MediaType.APPLICATION_JSON)
public final class AlarmResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    AlarmResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(operationId = "listAlarms", summary = "List the active alarms that the caller may see, the worst first.")
    public List<Alarm> list(
            @QueryParam("source") String source,
            @QueryParam("severity")
                    @Parameter(
                            description = "Only this or a worse one; in capital or small letters.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"WARNING", "MINOR", "MAJOR", "CRITICAL"}))
                    String severity,
            @BeanParam Paging paging,
            @Context HttpServletRequest request) {
        return page(alarms().active().stream(), source, severity, paging, request);
    }

    @GET
    @Path("history")
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(
            operationId = "listPastAlarms",
            summary = "List the alarms that are over and that the caller may see, the last cleared first.")
    public List<Alarm> history(
            @QueryParam("source") String source,
            @QueryParam("severity")
                    @Parameter(
                            description = "Only this or a worse one; in capital or small letters.",
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            enumeration = {"WARNING", "MINOR", "MAJOR", "CRITICAL"}))
                    String severity,
            @BeanParam Paging paging,
            @Context HttpServletRequest request) {
        return page(alarms().history(Integer.MAX_VALUE).stream(), source, severity, paging, request);
    }

    private static List<Alarm> page(
            Stream<AlarmInfo> all, String source, String severity, Paging paging, HttpServletRequest request) {
        Optional<AlarmSeverity> least = Values.choice("severity", severity, AlarmSeverity.class);
        return paging.page(all.filter(it -> Callers.of(request).scope().includes(it.source()))
                .filter(it -> source == null || source.equals(it.source()))
                .filter(it -> least.isEmpty() || least.get().compareTo(it.severity()) <= 0)
                .map(Alarm::of)
                .toList());
    }

    @POST
    @Path("{instance}/{code}/acknowledge")
    @Needs(Role.OPERATOR)
    @Operation(operationId = "acknowledgeAlarm", summary = "Say that you deal with an alarm, until it gets worse.")
    @APIResponseSchema(Alarm.class)
    public Response acknowledge(
            @PathParam("instance") String source, @PathParam("code") String code, @BeanParam Change change) {
        String user = change.call().caller().user();
        return tasks.runIfUnchanged(change, () -> get(source, code), progress -> {
            alarms().acknowledge(source, code, user);
            return Alarm.of(find(source, code));
        });
    }

    @POST
    @Path("{instance}/{code}/fix")
    @Needs(Role.OPERATOR)
    @Operation(
            operationId = "fixAlarm",
            summary = "Run what an alarm proposes to do about it, if that can do no harm; the alarm stays until its"
                    + " reason is gone.",
            description = "It is done with the caller's own role and scope.")
    @APIResponseSchema(AlarmFix.class)
    public Response fix(
            @PathParam("instance") String source, @PathParam("code") String code, @BeanParam Change change) {
        Caller caller = change.call().caller();
        return tasks.runIfUnchanged(change, () -> get(source, code), progress -> {
            AlarmInfo alarm = find(source, code);
            return new AlarmFix(alarm.fix(), parts.need(AlarmFixes.class).run(alarm, caller));
        });
    }

    @DELETE
    @Path("{instance}/{code}")
    @Needs(Role.OPERATOR)
    @Operation(
            operationId = "clearAlarm",
            summary =
                    "Clear an alarm; it comes back if its reason is still there. It answers with the alarm as it was.")
    @APIResponseSchema(Alarm.class)
    public Response clear(
            @PathParam("instance") String source, @PathParam("code") String code, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(source, code), progress -> {
            Alarm former = get(source, code);
            alarms().clear(source, code);
            return former;
        });
    }

    @GET
    @Path("{instance}/{code}")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getAlarm", summary = "Show an active alarm.")
    public Alarm get(@PathParam("instance") String source, @PathParam("code") String code) {
        return Alarm.of(find(source, code));
    }

    private AlarmInfo find(String source, String code) {
        return alarms().active().stream()
                .filter(it -> it.source().equals(source) && it.code().equals(code))
                .findFirst()
                .orElseThrow(
                        () -> PlatformException.notFound("There is no such active alarm. Look at the list of alarms."));
    }

    private Alarms alarms() {
        return parts.need(Alarms.class);
    }
}
