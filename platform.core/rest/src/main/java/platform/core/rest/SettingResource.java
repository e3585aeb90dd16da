package platform.core.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import platform.core.api.PlatformException;
import platform.core.api.Role;
import platform.core.api.SettingGroup;
import platform.core.api.Settings;

/** The platform's own settings, those of its files in {@code etc}. */
@Path("settings")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class SettingResource {

    private final Parts parts;
    private final Tasks tasks;

    @Inject
    SettingResource(Parts parts, Tasks tasks) {
        this.parts = parts;
        this.tasks = tasks;
    }

    @GET
    @Needs(Role.VIEWER)
    @Operation(
            operationId = "listSettings",
            summary = "List what can be set about the platform, by part, with types, defaults and what is set.",
            description = "Secrets are never shown.")
    public List<SettingsOfPart> list(@BeanParam Paging paging) {
        return paging.page(settings().list()).stream().map(SettingsOfPart::of).toList();
    }

    @GET
    @Path("{pid}")
    @Needs(Role.VIEWER)
    @Operation(operationId = "getSettings", summary = "Show what can be set about a part of the platform.")
    public SettingsOfPart get(@PathParam("pid") String pid) {
        return SettingsOfPart.of(find(pid));
    }

    @PATCH
    @Path("{pid}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "changeSettings",
            summary = "Change settings of a part of the platform. They hold a second later.")
    @APIResponseSchema(SettingsOfPart.class)
    public Response edit(@PathParam("pid") String pid, SettingsEdit wanted, @BeanParam Change change) {
        Map<String, Optional<String>> changes = wanted.changes();
        return tasks.run(
                change,
                progress -> SettingsOfPart.of(settings()
                        .change(pid, changes, current -> change.requireUnchanged(SettingsOfPart.of(current)))));
    }

    @DELETE
    @Path("{pid}")
    @Needs(Role.ADMINISTRATOR)
    @Operation(
            operationId = "resetSettings",
            summary = "Let the defaults hold again for a part of the platform: its file is removed.",
            description = "It answers with what was set.")
    @APIResponseSchema(SettingsOfPart.class)
    public Response reset(@PathParam("pid") String pid, @BeanParam Change change) {
        return tasks.runIfUnchanged(change, () -> get(pid), progress -> {
            SettingsOfPart former = get(pid);
            settings().reset(pid);
            return former;
        });
    }

    private SettingGroup find(String pid) {
        return settings()
                .find(pid)
                .orElseThrow(() -> PlatformException.notFound(
                        "There is no such part of the platform. Look at the list of settings."));
    }

    private Settings settings() {
        return parts.need(Settings.class);
    }
}
