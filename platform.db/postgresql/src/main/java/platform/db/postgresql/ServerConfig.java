package platform.db.postgresql;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** A PostgreSQL that somebody else runs, in {@code etc/platform.db.postgresql.Server-NAME.cfg}; taken over at once. */
@ObjectClassDefinition(
        name = "Databases: external server",
        description = "A PostgreSQL 14 or newer that instances can be placed on. The password of the login is the"
                + " content of the file secrets/postgresql-servers/NAME in the data folder")
public @interface ServerConfig {

    @AttributeDefinition(name = "Host", description = "Its name or address")
    String host();

    @AttributeDefinition(name = "Port", description = "Where it listens", min = "1", max = "65535")
    int port() default ServerSettings.USUAL_PORT;

    @AttributeDefinition(
            name = "TLS",
            description = "disable, require (encrypted), verify-ca (by a certificate of the CA) or verify-full (that"
                    + " names the host)")
    String tls() default ServerSettings.USUAL_TLS;

    @AttributeDefinition(name = "CA", description = "A PEM file with the certificates that vouch for the server")
    String ca() default "";

    @AttributeDefinition(name = "User", description = "A login that may create roles and databases; no superuser")
    String user();

    @AttributeDefinition(
            name = "Connections",
            description = "How many the platform may have; 0 is all of the server's",
            min = "0",
            max = "999999")
    int connections() default 0;
}
