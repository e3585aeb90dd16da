package platform.core.itest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A number that can be set says between what: what is out of its bounds is refused before it does harm. */
class SettingBoundsTest {

    private static final Set<String> NUMBERS = Set.of("Integer", "Long");

    @TestFactory
    Stream<DynamicTest> everyNumberThatCanBeSetHasBounds() throws IOException {
        return documents().stream()
                .map(document -> DynamicTest.dynamicTest(
                        document.getFileName().toString(),
                        () -> assertThat(unbounded(document)).isEmpty()));
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String module : Modules.built(Modules.ROOT)) {
            Path folder = Modules.ROOT.resolve(module).resolve("target/classes/OSGI-INF/metatype");
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.xml")) {
                    files.forEach(documents::add);
                }
            }
        }
        assertThat(documents).hasSizeGreaterThan(10);
        return documents;
    }

    private static List<String> unbounded(Path document) throws Exception {
        NodeList settings = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(document.toFile())
                .getElementsByTagName("AD");
        List<String> unbounded = new ArrayList<>();
        for (int i = 0; i < settings.getLength(); i++) {
            Element setting = (Element) settings.item(i);
            if (NUMBERS.contains(setting.getAttribute("type"))
                    && !(setting.hasAttribute("min") && setting.hasAttribute("max"))) {
                unbounded.add(setting.getAttribute("id"));
            }
        }
        return unbounded;
    }
}
