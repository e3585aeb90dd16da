package platform.core.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.backup.api.MoveTicket;

/** What lets one instance in. */
@Schema(name = "MoveTicket", description = "What lets one instance in.")
record IssuedTicket(
        @Schema(required = true, description = "The only time that it is shown.")
        String ticket,

        @Schema(required = true, description = "How long a move can begin with it.")
        Instant until) {

    static IssuedTicket of(MoveTicket issued) {
        return new IssuedTicket(issued.ticket(), issued.until());
    }

    @Override
    public String toString() {
        return "IssuedTicket[until " + until + "]";
    }
}
