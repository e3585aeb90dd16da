package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.MovedDatabase;

/** What has become of an instance whose database was moved. */
@Schema(name = "MovedDatabase", description = "What has become of an instance whose database was moved.")
record DatabaseMoved(
        @Schema(required = true) String instance,

        @Schema(required = true, description = "The server that it was on.")
        String from,

        @Schema(required = true, description = "The server that it is on now.")
        String to,

        @Schema(required = true) long rows,

        @Schema(required = true, description = "For how many seconds the instance was stopped.")
        double paused,

        @Schema(required = true, description = "Until when the former database is kept.")
        Instant keptUntil) {

    static DatabaseMoved of(MovedDatabase moved) {
        return new DatabaseMoved(
                moved.id().toString(),
                moved.from(),
                moved.to(),
                moved.rows(),
                Times.seconds(moved.paused()),
                moved.keptUntil());
    }
}
