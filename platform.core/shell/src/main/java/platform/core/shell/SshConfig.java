package platform.core.shell;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Who can reach the shell over SSH, in {@code etc/platform.core.shell.ssh.cfg}; a change ends the sessions that are open. */
@ObjectClassDefinition(name = "SSH", description = "The shell and files over SSH")
public @interface SshConfig {

    @AttributeDefinition(
            name = "Port",
            description = "The port to listen on; 0 for any free one, off for no SSH",
            min = "0",
            max = "65535")
    String port() default "8101";

    @AttributeDefinition(
            name = "Address",
            description = "The address to listen on; 127.0.0.1 is for this machine only, 0.0.0.0 for all of IPv4")
    String bind() default "127.0.0.1";

    @AttributeDefinition(
            name = "Time to log in",
            description = "After how many seconds who has not logged in is cut off",
            min = "1",
            max = "3600")
    int login_seconds() default 30;

    @AttributeDefinition(
            name = "Idle time",
            description = "After how many minutes without traffic a session is ended",
            min = "1",
            max = "525600")
    int idle_minutes() default 60;

    @AttributeDefinition(
            name = "Sessions",
            description = "How many connections there may be at a time",
            min = "1",
            max = "10000")
    int sessions() default 100;

    @AttributeDefinition(
            name = "Logins",
            description = "How many of them may not have logged in yet; half of that from one address",
            min = "1",
            max = "10000")
    int logins() default 20;
}
