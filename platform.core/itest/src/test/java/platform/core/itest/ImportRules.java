package platform.core.itest;

import aQute.bnd.header.Parameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What holds the house together: who may import whom, that a bundle exports an API or serves one, and that an
 * implementation is named by its technology. Every arrow that the table does not draw is a violation.
 */
final class ImportRules {

    /** A star stands for one part of a name. The first row that fits a module counts. */
    private static final List<Row> TABLE = List.of(
            new Row("platform.core.api", "platform.*.api"),
            new Row("platform.*.api"),
            new Row("platform.db.postgresql", "platform.db.api"),
            new Row("platform.webserver.http1"),
            new Row("platform.webserver.jetty", "platform.webserver.api", "platform.webserver.http1"),
            new Row("platform.tracing.logback", "platform.tracing.api"),
            new Row("platform.tracing.slf4j"),
            new Row(
                    "platform.core.manager",
                    "platform.core.api",
                    "platform.db.api",
                    "platform.webserver.api",
                    "platform.tracing.api"),
            new Row(
                    "platform.core.host",
                    "platform.core.api",
                    "platform.webserver.jetty",
                    "platform.db.api",
                    "platform.webserver.api",
                    "platform.tracing.api"),
            new Row("platform.core.appsocket", "platform.core.api", "platform.webserver.api"),
            new Row(
                    "platform.core.child",
                    "platform.core.api",
                    "platform.db.api",
                    "platform.webserver.api",
                    "platform.tracing.api"),
            new Row(
                    "platform.core.instance",
                    "platform.core.api",
                    "platform.core.appsocket",
                    "platform.webserver.api",
                    "platform.tracing.api"),
            new Row("platform.backup.archive", "platform.backup.api", "platform.core.api", "platform.db.api"),
            new Row("platform.core.alarms", "platform.core.api"),
            new Row("platform.core.monitor", "platform.core.api", "platform.webserver.api"),
            new Row("platform.core.admin", "platform.*.api"),
            new Row("platform.core.rest", "platform.*.api"),
            new Row("platform.core.shell", "platform.*.api"),
            new Row("platform.core.state", "platform.*.api"),
            new Row("app.*", "platform.core.api", "platform.webserver.api", "platform.tracing.api"),
            new Row("platform.core.dist", "platform.*.*", "app.*"),
            new Row("platform.core.itest", "platform.*.*", "app.*"),
            new Row("platform.core.bench", "platform.*.*", "app.*"));

    /** Modules that are not deployed: others carry them inside. */
    private static final Map<String, Set<String>> EMBEDDED = Map.of(
            "platform.core.appsocket", Set.of("platform.core.manager", "platform.core.host"),
            "platform.core.child", Set.of("platform.core.manager", "platform.core.host"),
            "platform.core.instance", Set.of("platform.core.manager", "platform.core.host"));

    private ImportRules() {}

    /** A sentence for each violation; empty when all is well. */
    static List<String> violations(BuiltModule module) {
        List<String> violations = new ArrayList<>();
        if (module.headers().isEmpty()) {
            violations.add(module.name() + " has not been built: run 'mvn package' at the root first.");
            return violations;
        }
        checkNames(module, violations);
        checkExportsOrServes(module, violations);
        TABLE.stream()
                .filter(row -> row.isFor(module))
                .findFirst()
                .ifPresentOrElse(
                        row -> checkImports(module, row, violations),
                        () -> violations.add("The module " + module.name() + " is unknown: give it a row in the table"
                                + " 'Who may import whom' of the README and in ImportRules."));
        return violations;
    }

    private static void checkNames(BuiltModule module, List<String> violations) {
        String symbolicName =
                String.join(",", module.header("Bundle-SymbolicName").keySet());
        if (!symbolicName.equals(module.name())) {
            violations.add("The module " + module.name() + " makes the bundle '" + symbolicName
                    + "': folder, artifact, bundle and root package bear one name.");
        }
        for (String name : allNames(module)) {
            if (List.of(name.split("\\.")).contains("impl")) {
                violations.add(name + " is called impl: name an implementation by its technology.");
            }
        }
        for (String name : module.packages()) {
            boolean embedded = EMBEDDED.getOrDefault(name, Set.of()).contains(module.name());
            if (isOurs(name) && !isWithin(name, module.name()) && !embedded) {
                violations.add(module.name() + " holds classes of " + name + ": import them, or move them.");
            }
        }
    }

    private static Set<String> allNames(BuiltModule module) {
        Set<String> names = new TreeSet<>(module.packages());
        names.removeIf(name -> !isOurs(name));
        names.add(module.name());
        return names;
    }

    private static void checkExportsOrServes(BuiltModule module, List<String> violations) {
        Parameters exports = module.header("Export-Package");
        if (!exports.isEmpty() && module.serves()) {
            violations.add(module.name() + " exports " + exports.keySet()
                    + " and serves as well: move what it exports into an api bundle.");
        }
    }

    private static void checkImports(BuiltModule module, Row row, List<String> violations) {
        Set<String> arrows = new TreeSet<>(module.header("Import-Package").keyList());
        arrows.addAll(module.header("Require-Bundle").keyList());
        arrows.addAll(module.header("Fragment-Host").keyList());
        for (String arrow : arrows) {
            if (isOurs(arrow) && !isWithin(arrow, module.name()) && !row.allows(arrow)) {
                violations.add(module.name() + " may not import " + arrow + ", only " + row.mayImport() + " of ours.");
            }
        }
        for (String dynamic : module.header("DynamicImport-Package").keyList()) {
            if (dynamic.equals("*") || isOurs(dynamic)) {
                violations.add(module.name() + " imports " + dynamic + " dynamically, which hides whom it needs.");
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.startsWith("platform.") || name.startsWith("app.");
    }

    private static boolean isWithin(String name, String module) {
        return name.equals(module) || name.startsWith(module + ".");
    }

    /** A row of the table: which modules it is for, and whom of ours they may import. */
    private record Row(String module, List<String> mayImport) {

        Row(String module, String... mayImport) {
            this(module, List.of(mayImport));
        }

        boolean isFor(BuiltModule it) {
            return fits(module, it.name());
        }

        boolean allows(String imported) {
            return mayImport.stream().anyMatch(pattern -> fits(pattern, imported));
        }

        private static boolean fits(String pattern, String name) {
            return name.matches(pattern.replace(".", "\\.").replace("*", "[^.]+"));
        }
    }
}
