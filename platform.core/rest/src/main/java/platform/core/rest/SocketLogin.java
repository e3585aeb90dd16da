package platform.core.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Whether installers can log in to the manager's socket. */
@Schema(name = "ManagerSocket", description = "Whether installers can log in to the manager's socket.")
record SocketLogin(
        @Schema(required = true, description = "Whether it has a password.")
        boolean on,

        @Schema(description = "The password that was made: the only time that it is shown.")
        String password) {

    @Override
    public String toString() {
        return "SocketLogin[on=" + on + "]";
    }
}
