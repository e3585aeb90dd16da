package platform.core.shell;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What users of Karaf type, and what they find here in its place, as docs/administration.md has it. */
final class KarafCommands {

    private static final String APPS =
            "An app is one jar: copy it into apps/ in the data folder, or send it to /apps by"
                    + " sftp or scp -s. Removing the file removes the app. app:list shows the apps.";
    private static final String NO_FEATURES = "There are no features, an app is one bundle: app:list shows the apps.";
    private static final String SET = "It is config:set PID KEY VALUE here, which holds at once.";

    private static final Map<String, String> HERE = Map.ofEntries(
            entry("bundle:install", APPS),
            entry("bundle:uninstall", APPS),
            entry("bundle:update", APPS),
            entry("kar:install", APPS),
            entry("kar:list", "It is app:list here."),
            entry("kar:uninstall", APPS),
            entry("feature:install", APPS),
            entry("feature:uninstall", APPS),
            entry("feature:repo-add", APPS),
            entry("feature:info", NO_FEATURES),
            entry("feature:list", NO_FEATURES),
            entry("feature:repo-list", NO_FEATURES),
            entry("bundle:diag", "It is bundle:info BUNDLE here, or app:info APP."),
            entry("bundle:services", "bundle:info BUNDLE shows its services."),
            entry("service:list", "bundle:info BUNDLE shows a bundle's services, scr:list all components."),
            entry("service:wait", "bundle:info BUNDLE shows a bundle's services, scr:list all components."),
            entry("scr:details", "It is scr:info COMPONENT here."),
            entry("config:property-set", SET),
            entry("config:property-append", SET),
            entry("config:property-get", "It is config:get PID KEY here."),
            entry("config:property-list", "It is config:list PID here."),
            entry("config:property-delete", "It is config:unset PID KEY here."),
            entry("config:update", "There is nothing to do: config:set and config:unset hold at once."),
            entry("config:cancel", "There is nothing to do: config:set and config:unset hold at once."),
            entry("config:delete", "It is config:unset PID KEY here, for each key."),
            entry("system:version", "platform:info shows the version."),
            entry("system:name", "platform:info shows the platform's data folder and addresses."),
            entry("system:property", "config:list shows the platform's settings."),
            entry("system:start-level", "It is felix:frameworklevel here."),
            entry("log:exception-display", "It is log:display --level ERROR here."),
            entry("http:list", "instance:list shows the web paths of the instances."),
            entry("web:list", "instance:list shows the web paths of the instances."),
            entry("jaas:user-add", "It is user:add here."),
            entry("jaas:user-list", "It is user:list here."),
            entry("jaas:user-delete", "It is user:remove here."),
            entry("jaas:group-add", "There are roles in place of groups: user:role."),
            entry("jaas:role-add", "It is user:role here."),
            entry("jaas:realm-list", "Users are the platform's own: user:list."),
            entry("jdbc:ds-list", "It is db:list here."),
            entry("jdbc:query", "It is db:sql INSTANCE here."),
            entry("jdbc:execute", "It is db:sql INSTANCE here, with --write."),
            entry("dev:dump-create", "platform:metrics and log:display show what there is to know."));

    private KarafCommands() {}

    static Set<String> names() {
        return HERE.keySet();
    }

    /** What to type here in place of a command of Karaf; empty for what is none, or is here, too. */
    static Optional<String> here(String command) {
        return Optional.ofNullable(HERE.get(command));
    }
}
