package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.Instances;
import platform.core.api.Role;
import platform.db.api.DatabaseUpgrade;
import platform.db.api.UpgradePlan;
import platform.db.api.UpgradeResult;

/** The upgrade of the platform's own PostgreSQL to another major version. */
@Path("databases/upgrade")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class DatabaseUpgradeResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    DatabaseUpgradeResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "getDatabaseUpgrade",
            summary = "Show until when the last upgrade of the platform's PostgreSQL can be taken back.")
    public LastUpgrade get() {
        return new LastUpgrade(upgrade().keptUntil().orElse(null));
    }

    @POST
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "upgradeDatabases",
            summary = "Upgrade the platform's PostgreSQL to a newer major version; or only say what would be done, and"
                    + " what is in the way.",
            description =
                    "All instances are stopped meanwhile and answer 503. Everything is copied into a new data folder"
                            + " and compared; the former one is kept for a week.")
    @APIResponseSchema(UpgradedDatabases.class)
    public Response run(
            UpgradeOrder order,
            @QueryParam("dry-run")
                    @Parameter(schema = @Schema(type = SchemaType.BOOLEAN, implementation = Boolean.class))
                    String dryRun,
            @BeanParam Change change) {
        boolean onlyTold = Values.flag("dry-run", dryRun);
        return tasks.run(change, progress -> DatabaseWork.judged(() -> apply(order, onlyTold, progress)));
    }

    private UpgradedDatabases apply(UpgradeOrder order, boolean onlyTold, Consumer<String> progress) {
        var binaries = order.file();
        progress.accept("Looking for what is in the way");
        UpgradePlan plan = upgrade().plan(binaries);
        if (onlyTold) {
            return UpgradedDatabases.of(plan);
        }
        // Nobody is stopped for what cannot be done.
        plan.requireNoObstacle();
        UpgradeResult result = parts.need(Instances.class)
                .whilePaused(DatabaseUpgrade.PAUSED, () -> upgrade().upgrade(binaries, progress));
        return UpgradedDatabases.of(plan, result);
    }

    @POST
    @Path("rollback")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "rollBackDatabaseUpgrade",
            summary = "Take the last upgrade back, at the next start of the platform.",
            description =
                    "What was written since the upgrade will be missing; the newer data folder is kept for a week.")
    @APIResponseSchema(RolledBackUpgrade.class)
    public Response rollBack(@BeanParam Change change) {
        return tasks.run(
                change,
                progress -> new RolledBackUpgrade(
                        DatabaseWork.judged(() -> upgrade().rollBackAtNextStart()), true));
    }

    private DatabaseUpgrade upgrade() {
        return parts.need(DatabaseUpgrade.class);
    }
}
