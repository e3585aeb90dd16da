package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportRulesTest {

    @TestFactory
    Stream<DynamicTest> everyModuleOfTheCheckoutKeepsTheRules() {
        return Modules.built(Modules.ROOT).stream()
                .map(folder -> DynamicTest.dynamicTest(
                        folder,
                        () -> assertThat(ImportRules.violations(BuiltModule.read(Modules.ROOT, folder)))
                                .isEmpty()));
    }

    @Test
    void theRootPomBuildsEveryModuleOfTheCheckout() {
        assertThat(Modules.built(Modules.ROOT)).containsExactlyInAnyOrderElementsOf(Modules.present(Modules.ROOT));
    }

    @ParameterizedTest
    @CsvSource({
        "platform.core.api, platform.webserver.api",
        "platform.db.postgresql, platform.db.api",
        "platform.core.manager, platform.tracing.api",
        "platform.core.shell, platform.db.api",
        "app.hello, platform.webserver.api",
        "app.hello, org.slf4j",
        "platform.core.dist, platform.core.manager"
    })
    void allowsTheArrowsOfTheTable(String module, String imported) {
        assertThat(violations(module, Map.of("Import-Package", imported + ";version=\"[1.0,2)\"")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "platform.db.api, platform.core.api",
        "platform.core.api, platform.core.manager",
        "platform.db.postgresql, platform.core.api",
        "platform.webserver.jetty, platform.db.api",
        "platform.core.manager, platform.db.postgresql",
        "platform.core.manager, platform.backup.api",
        "platform.core.shell, platform.core.manager",
        "platform.core.admin, platform.webserver.jetty",
        "app.hello, platform.db.api",
        "app.hello, app.files"
    })
    void refusesEveryOtherArrow(String module, String imported) {
        assertThat(violations(module, Map.of("Import-Package", "org.slf4j," + imported + ";version=\"[1.0,2)\"")))
                .singleElement()
                .asString()
                .contains(module + " may not import " + imported);
    }

    @Test
    void refusesArrowsThatAreNotPackageImports() {
        assertThat(violations("app.hello", Map.of("Require-Bundle", "platform.core.manager")))
                .hasSize(1);
        assertThat(violations("app.hello", Map.of("Fragment-Host", "platform.db.api")))
                .hasSize(1);
        assertThat(violations("app.hello", Map.of("DynamicImport-Package", "*")))
                .singleElement()
                .asString()
                .contains("dynamically");
    }

    @Test
    void saysThatAModuleIsUnknown() {
        assertThat(violations("platform.core.novelty", Map.of()))
                .singleElement()
                .asString()
                .contains("The module platform.core.novelty is unknown");
    }

    @Test
    void saysThatAModuleIsNotBuilt() {
        BuiltModule module = new BuiltModule("platform.db.api", Map.of(), Set.of(), false);

        assertThat(ImportRules.violations(module)).singleElement().asString().contains("has not been built");
    }

    @ParameterizedTest
    @CsvSource({
        "Service-Component, OSGI-INF/x.xml",
        "Bundle-Activator, platform.db.api.Activator",
        "Provide-Capability, 'osgi.service;objectClass:List<String>=\"platform.db.api.Databases\"'"
    })
    void refusesABundleThatExportsAndServes(String header, String value) {
        assertThat(violations("platform.db.api", Map.of("Export-Package", "platform.db.api", header, value)))
                .singleElement()
                .asString()
                .contains("exports [platform.db.api] and serves as well");
        assertThat(violations("platform.db.api", Map.of(header, value))).isEmpty();
    }

    @Test
    void refusesABundleThatExportsAndRegistersByCode() {
        Map<String, String> headers =
                Map.of("Bundle-SymbolicName", "platform.db.api", "Export-Package", "platform.db.api");

        assertThat(ImportRules.violations(new BuiltModule("platform.db.api", headers, Set.of(), true)))
                .hasSize(1);
        assertThat(ImportRules.violations(new BuiltModule("platform.db.api", headers, Set.of(), false)))
                .isEmpty();
    }

    @Test
    void refusesTheNameImpl() {
        assertThat(violations("platform.db.postgresql", Map.of(), "platform.db.postgresql.impl"))
                .singleElement()
                .asString()
                .contains("platform.db.postgresql.impl is called impl");
        assertThat(violations("platform.db.impl", Map.of()))
                .contains("platform.db.impl is called impl: name an implementation by its technology.");
        assertThat(violations("platform.webserver.jetty", Map.of(), "org.embedded.impl"))
                .isEmpty();
    }

    @Test
    void refusesAModuleThatHoldsClassesOfAnother() {
        assertThat(violations("app.hello", Map.of(), "app.hello", "platform.core.manager"))
                .singleElement()
                .asString()
                .contains("app.hello holds classes of platform.core.manager");
        assertThat(violations("app.hello", Map.of(), "platform.core.appsocket")).hasSize(1);
    }

    @Test
    void allowsAModuleThatIsMadeToBeEmbedded() {
        assertThat(violations("platform.core.manager", Map.of(), "platform.core.manager", "platform.core.appsocket"))
                .isEmpty();
    }

    @Test
    void refusesABundleThatDoesNotBearItsModulesName() {
        assertThat(violations("app.hello", Map.of("Bundle-SymbolicName", "hello;singleton:=true")))
                .singleElement()
                .asString()
                .contains("makes the bundle 'hello'");
    }

    private static List<String> violations(String module, Map<String, String> headers, String... packages) {
        Map<String, String> all = new TreeMap<>(Map.of("Bundle-SymbolicName", module));
        all.putAll(headers);
        return ImportRules.violations(new BuiltModule(module, all, Set.of(packages), false));
    }
}
