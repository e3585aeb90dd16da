package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import platform.core.api.PlatformException;
import platform.core.api.Role;

/** What calls have begun. */
@Path("tasks")
@Produces(MediaType.APPLICATION_JSON)
public final class TaskResource {

    private final Tasks tasks;

    @Inject
    TaskResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(
            operationId = "listTasks",
            summary = "List the caller's tasks of the last hour, the newest first; to an administrator all.")
    public List<Task> list(@BeanParam Paging paging, @Context HttpServletRequest request) {
        return paging.page(tasks.list(Callers.of(request)));
    }

    @GET
    @Path("{task}")
    @Needs(value = Role.VIEWER, filtered = true)
    @Operation(operationId = "getTask", summary = "Show how far a task is, or what came of it.")
    public Task get(@PathParam("task") String id, @Context HttpServletRequest request) {
        return tasks.find(id, Callers.of(request))
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no such task. They are kept for an hour, until the platform stops."));
    }
}
