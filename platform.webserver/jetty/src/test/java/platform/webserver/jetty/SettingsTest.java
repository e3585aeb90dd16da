package platform.webserver.jetty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.BundleContext;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import platform.webserver.api.WebserverException;

/** The bounds of the webserver's settings, as they are declared (OSGi Metatype) and as they are checked. */
class SettingsTest {

    private static final Path METATYPE = Path.of("target/classes/OSGI-INF/metatype/" + Config.class.getName() + ".xml");

    private static final BundleContext NO_PROPERTIES = (BundleContext) Proxy.newProxyInstance(
            BundleContext.class.getClassLoader(), new Class<?>[] {BundleContext.class}, (proxy, method, none) -> null);

    private static Settings with(String key, Object value) {
        return Settings.of(NO_PROPERTIES, SettingsFile.of(Map.of(key, value)));
    }

    static List<Element> numbers() throws Exception {
        NodeList all = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(METATYPE.toFile())
                .getElementsByTagName("AD");
        return IntStream.range(0, all.getLength())
                .mapToObj(it -> (Element) all.item(it))
                .filter(it -> List.of("Integer", "Long").contains(it.getAttribute("type")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void everyNumberIsTakenWithinItsBoundsAndNotBelow(Element declared) {
        String key = declared.getAttribute("id");
        long min = Long.parseLong(declared.getAttribute("min"));
        long max = Long.parseLong(declared.getAttribute("max"));

        for (long taken : new long[] {min, max}) {
            assertThatCode(() -> with(key, taken)).as(key + "=" + taken).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> with(key, min - 1))
                .as(key)
                .isInstanceOf(WebserverException.class)
                .hasMessageContaining("The setting " + key + " in etc/platform.webserver.jetty.cfg is " + (min - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 1, 2, 15})
    void theServerHasThreadsEnoughToStart(int requests) {
        assertThatThrownBy(() -> with("max.requests", requests))
                .hasMessage("The setting max.requests in etc/platform.webserver.jetty.cfg is " + requests
                        + ": give a number from 16 to 100000.");
    }
}
