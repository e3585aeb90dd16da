package platform.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.metatype.AttributeDefinition;
import platform.core.api.PlatformException;
import platform.core.api.Setting;
import platform.core.api.SettingBounds;
import platform.core.api.SettingGroup;
import platform.core.api.SettingType;

/** The settings in {@code etc}. */
class PlatformSettingsTest {

    private static final String WEB = "platform.web";

    private static final String METATYPE = """
            <metatype:MetaData xmlns:metatype="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="Web" name="Web">
                <AD id="port" type="Integer" min="1" max="65535" default="8080"/>
                <AD id="ssh" type="String" min="0" max="65535" default="off"/>
                <AD id="log" type="Boolean" default="true"/>
              </OCD>
            </metatype:MetaData>
            """;

    @TempDir
    Path etc;

    private PlatformSettings settings;

    @BeforeEach
    void declare(@TempDir Path bundle) throws IOException {
        DeclaredBounds bounds = new DeclaredBounds();
        bounds.read(
                Files.writeString(bundle.resolve("web.xml"), METATYPE).toUri().toURL());
        FakeMetatype web = new FakeMetatype(
                "Web",
                List.of(
                        new FakeMetatype.Attribute("port", AttributeDefinition.INTEGER, "8080"),
                        new FakeMetatype.Attribute("ssh", AttributeDefinition.STRING, "off"),
                        new FakeMetatype.Attribute("log", AttributeDefinition.BOOLEAN, "true"),
                        new FakeMetatype.Attribute("hosts", AttributeDefinition.STRING, ""),
                        new FakeMetatype.Attribute("url", AttributeDefinition.PASSWORD, ""),
                        new FakeMetatype.Attribute("db", AttributeDefinition.STRING, "embedded", "external")));
        FakeMetatype server =
                new FakeMetatype("Server", List.of(new FakeMetatype.Attribute("host", AttributeDefinition.STRING, "")));
        settings = new PlatformSettings(
                etc,
                () -> List.of(
                        SettingDefinition.of(WEB, false, web, bounds),
                        SettingDefinition.of("platform.Server", true, server, bounds)));
    }

    private Path file(String content) throws IOException {
        return Files.writeString(etc.resolve(WEB + ".cfg"), content);
    }

    private SettingGroup set(String key, String value) {
        return settings.change(WEB, Map.of(key, Optional.of(value)), it -> {});
    }

    private Setting setting(String key) {
        return settings.find(WEB).orElseThrow().find(key).orElseThrow();
    }

    @Test
    void withoutAFileTheDefaultsAreListed() {
        assertThat(settings.list()).extracting(SettingGroup::pid).containsExactly(WEB);
        assertThat(setting("port"))
                .isEqualTo(new Setting(
                        "port",
                        "port",
                        "",
                        SettingType.WHOLE_NUMBER,
                        List.of(),
                        Optional.of(new SettingBounds(1, 65_535)),
                        "8080",
                        false,
                        Optional.empty()));
        assertThat(setting("port").effective()).isEqualTo("8080");
    }

    @Test
    void aBundleOfWhichNothingIsKnownIsLeftOut() {
        Bundle bundle = fake(Bundle.class, Map.of("getSymbolicName", "platform.broken"));
        BundleContext context =
                fake(BundleContext.class, Map.of("getProperty", etc.toString(), "getBundles", new Bundle[] {bundle}));

        assertThat(new PlatformSettings(context, it -> null).list()).isEmpty();
    }

    /** Answers these calls, whatever the arguments. */
    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, none) -> answers.get(method.getName())));
    }

    @Test
    void whatIsInTheFileIsListed() throws IOException {
        file("port: 80 \nprot = 81\n");

        assertThat(setting("port").value()).contains("80");
        assertThat(settings.find(WEB).orElseThrow().unknown()).containsExactly("prot");
    }

    @Test
    void aSecretIsNeverTold() throws IOException {
        file("url = http://user:hunter2@example.com/\n");

        assertThat(setting("url").given()).isTrue();
        assertThat(settings.list().toString()).doesNotContain("hunter2");
        assertThatThrownBy(() -> set("url", "hunter3\nx")).message().doesNotContain("hunter3");
    }

    @Test
    void aChangeKeepsTheRestOfTheFile() throws IOException {
        Path file = file("# why\nport = 80\n\n# many\nhosts = a,\\\n  b\nlog = false\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        set("port", "81");
        settings.change(WEB, Map.of("log", Optional.empty()), it -> {});

        assertThat(file).hasContent("# why\nport = 81\n\n# many\nhosts = a,\\\n  b\n");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        assertThat(etc.resolve(WEB + ".cfg.new")).doesNotExist();
    }

    @Test
    void whatIsWrittenIsReadAsItWasGiven() throws IOException {
        set("hosts", "ümlaut \\ = # : ! ' \" 日本");

        assertThat(setting("hosts").value()).contains("ümlaut \\ = # : ! ' \" 日本");
        Properties read = new Properties();
        read.load(Files.newBufferedReader(etc.resolve(WEB + ".cfg")));
        assertThat(read).containsEntry("hosts", "ümlaut \\ = # : ! ' \" 日本");
        assertThat(Files.getPosixFilePermissions(etc.resolve(WEB + ".cfg")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @ParameterizedTest
    @CsvSource({
        "port, eighty, a whole number from 1 to 65535",
        "port, '', a whole number from 1 to 65535",
        "port, 99999999999, a whole number from 1 to 65535",
        "port, 65536, a whole number from 1 to 65535",
        "port, 0, a whole number from 1 to 65535",
        "port, -1, a whole number from 1 to 65535",
        "ssh, 65536, 'a number from 0 to 65535, or a word'",
        "ssh, 99999999999999999999, 'a number from 0 to 65535, or a word'",
        "log, yes, true or false",
        "db, mysql, 'embedded, external'"
    })
    void aValueThatDoesNotFitIsRefused(String key, String value, String wanted) {
        assertThatThrownBy(() -> set(key, value))
                .isInstanceOf(PlatformException.class)
                .hasMessage("The setting " + key + " of platform.web cannot be '" + value + "': give " + wanted + ".");
        assertThat(etc).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"port, 1", "port, 65535", "ssh, 0", "ssh, off"})
    void aValueWithinTheBoundsIsTaken(String key, String value) {
        set(key, value);
        assertThat(setting(key).value()).contains(value);
    }

    @Test
    void nothingIsChangedWhenOneOfTheKeysIsWrong() {
        assertThatThrownBy(() ->
                        settings.change(WEB, Map.of("port", Optional.of("1"), "prot", Optional.of("2")), it -> {}))
                .hasMessage("There is no setting 'prot' in platform.web. See config:list platform.web.");
        assertThat(etc).isEmptyDirectory();
    }

    @Test
    void anUnknownKeyCanBeRemoved() throws IOException {
        Path file = file("prot = 81\nport = 80\n");

        settings.change(WEB, Map.of("prot", Optional.empty()), it -> {});

        assertThat(file).hasContent("port = 80\n");
    }

    @Test
    void theCheckComesBeforeTheChange() {
        set("port", "81");

        assertThatThrownBy(() -> settings.change(WEB, Map.of("port", Optional.of("82")), present -> {
                    assertThat(present).isEqualTo(settings.find(WEB).orElseThrow());
                    throw PlatformException.conflict("changed meanwhile");
                }))
                .hasMessage("changed meanwhile");
        assertThat(setting("port").value()).contains("81");
    }

    @Test
    void oneOfAKindIsMadeAndRemoved() {
        assertThat(settings.find("platform.Server~crm")).isEmpty();
        assertThat(settings.declared("platform.Server~crm")).isPresent();

        settings.change("platform.Server~crm", Map.of("host", Optional.of("db1")), it -> {});

        assertThat(etc.resolve("platform.Server-crm.cfg")).hasContent("host = db1");
        assertThat(settings.list()).extracting(SettingGroup::pid).containsExactly("platform.Server~crm", WEB);

        settings.reset("platform.Server~crm");

        assertThat(settings.find("platform.Server~crm")).isEmpty();
    }

    /** Karaf wrote to wherever a PID, or a property of the configuration itself, said. */
    @ParameterizedTest
    @CsvSource({
        "platform.Server~../../owned, host",
        "platform.Server~/tmp/owned, host",
        "platform.Server~a/../../owned, host",
        "../owned, host",
        "platform.web/../owned, port",
        "platform.web, felix.fileinstall.filename",
        "platform.web, service.pid",
    })
    void cve_2026_91012_noNameLeadsOutOfTheFolder(String pid, String key) throws IOException {
        assertThatThrownBy(() -> settings.change(pid, Map.of(key, Optional.of("/tmp/owned")), it -> {}))
                .isInstanceOf(PlatformException.class);
        assertThat(etc).isEmptyDirectory();
        assertThat(etc.resolveSibling("owned.cfg")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"platform.none", "platform.Server", "platform.web~x", "platform.Server~../x", "platform.Server~", "../x"
    })
    void whatNobodyDeclaresIsRefused(String pid) {
        assertThat(settings.find(pid)).isEmpty();
        assertThatThrownBy(() -> settings.change(pid, Map.of(), it -> {}))
                .hasMessageContaining("There are no settings");
        assertThatThrownBy(() -> settings.reset(pid)).hasMessageContaining("See config:list");
    }
}
