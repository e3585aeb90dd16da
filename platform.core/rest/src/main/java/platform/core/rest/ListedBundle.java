package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.osgi.framework.Bundle;

/** A bundle of the framework. */
@Schema(name = "Bundle", description = "A bundle of the framework.")
record ListedBundle(
        @Schema(required = true) long id,

        @Schema(description = "Its symbolic name; absent for the rare one that has none.")
        String name,

        @Schema(required = true) String version,

        @Schema(required = true, description = "uninstalled, installed, resolved, starting, stopping or active")
        String state,

        @Schema(required = true, description = "Where it came from.")
        String location) {

    static ListedBundle of(Bundle bundle) {
        return new ListedBundle(
                bundle.getBundleId(),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                state(bundle.getState()),
                bundle.getLocation());
    }

    private static String state(int state) {
        return switch (state) {
            case Bundle.UNINSTALLED -> "uninstalled";
            case Bundle.INSTALLED -> "installed";
            case Bundle.RESOLVED -> "resolved";
            case Bundle.STARTING -> "starting";
            case Bundle.STOPPING -> "stopping";
            default -> "active";
        };
    }
}
