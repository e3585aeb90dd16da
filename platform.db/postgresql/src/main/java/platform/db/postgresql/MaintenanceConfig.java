package platform.db.postgresql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The nightly window and what apps may have, in {@code etc/platform.db.postgresql.cfg}; taken over at once. */
@ObjectClassDefinition(
        name = "Databases",
        description = "When databases are tidied up without being asked, and which extensions they may have")
public @interface MaintenanceConfig {

    @AttributeDefinition(
            name = "From",
            description = "When the nightly window begins, in the machine's time, such as 02:00; off for never")
    String maintenance_from() default "02:00";

    @AttributeDefinition(name = "Minutes", description = "How long it is", min = "1", max = "1440")
    int maintenance_minutes() default 120;

    /** Read by {@link ExtensionSettings} from the file itself: a migration may need it before this arrives. */
    @AttributeDefinition(
            name = "Extensions",
            description = "Extensions that only a superuser may create, and that instances may have all the same: names"
                    + " separated by commas. Each gives instances more than their own database; see SECURITY.md")
    String extensions() default "";

    /** This one and the following are read from the file itself, at the start. */
    @AttributeDefinition(
            name = "Server",
            description = "The default server, which has the manager's database and those of instances that name none:"
                    + " embedded is the platform's own, external that of db.server. To be chosen before the platform's first"
                    + " start: databases do not follow, and a restart on another server refuses",
            options = {@Option("embedded"), @Option("external")})
    String db() default "embedded";

    @AttributeDefinition(
            name = "External server",
            description = "Which one, where the server is external; read at the start only, as the server")
    String db_server() default "external";

    @AttributeDefinition(
            name = "Addresses",
            description =
                    "Where the platform's own server listens besides 127.0.0.1, separated by commas; empty is nowhere;"
                            + " a restart takes it over")
    String listen() default "";

    @AttributeDefinition(
            name = "Port",
            description = "The port there; a restart takes it over",
            min = "1",
            max = "65535")
    int port() default 5433;
}
