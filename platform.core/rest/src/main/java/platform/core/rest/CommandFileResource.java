package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.backup.api.CommandFiles;
import platform.core.api.Role;

/** The command file on a web server that says what is backed up where, as with the original platform. */
@Path("backups/command-file")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class CommandFileResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    CommandFileResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "getCommandFile", summary = "Show where the command file is, and how its last run went.")
    public CommandFile get() {
        return CommandFile.of(files().status());
    }

    @PUT
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "putCommandFile",
            summary = "Fetch a command file from now on, for the first time at once, and back up as it says.")
    @APIResponseSchema(CommandFile.class)
    public Response put(NewCommandFile wanted, @BeanParam Change change) {
        URI url = Values.address("url", wanted.url());
        Duration interval = wanted.intervalOrUsual();
        return tasks.runIfUnchanged(change, this::get, progress -> CommandFile.of(files().set(url, interval)));
    }

    @DELETE
    @Needs(Role.ADMINISTRATOR)
    @Operation(operationId = "removeCommandFile", summary = "Fetch no command file any more.")
    @APIResponseSchema(CommandFile.class)
    public Response off(@BeanParam Change change) {
        return tasks.runIfUnchanged(change, this::get, progress -> {
            files().off();
            return get();
        });
    }

    @POST
    @Path("run")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "runCommandFile",
            summary = "Fetch a command file and back up as it says, now; or only say what would be done.")
    @APIResponseSchema(CommandFileRun.class)
    public Response run(
            CommandFileOrder order,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyTold = Values.flag("dry-run", dryRun);
        URI url = Values.address("url", order.url());
        return tasks.run(
                change,
                progress -> CommandFileRun.of(files().run(
                                url,
                                onlyTold,
                                step -> progress.accept("Line " + step.line() + " " + step.status()),
                                BackupCalls.toldOfEach(progress))));
    }

    private CommandFiles files() {
        return parts.need(CommandFiles.class);
    }
}
