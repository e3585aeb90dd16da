package platform.core.itest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The modules of the checkout, found and not listed: a new one cannot slip by. */
final class Modules {

    /** The root of the checkout: the folder that holds the parent POM of this module's parent folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    private Modules() {}

    /** The folders that the root POM builds. */
    static List<String> built(Path root) {
        try {
            NodeList modules = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(root.resolve("pom.xml").toFile())
                    .getElementsByTagName("module");
            return IntStream.range(0, modules.getLength())
                    .mapToObj(i -> modules.item(i).getTextContent().strip())
                    .toList();
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalStateException("The POM of " + root + " cannot be read", e);
        }
    }

    /** The folders of the checkout that hold a POM, whether the root POM builds them or not. */
    static List<String> present(Path root) {
        List<String> folders = new ArrayList<>();
        try (Stream<Path> areas = Files.list(root)) {
            for (Path area : areas.filter(Files::isDirectory).sorted().toList()) {
                try (Stream<Path> modules = Files.list(area)) {
                    modules.filter(module -> Files.exists(module.resolve("pom.xml")))
                            .forEach(module ->
                                    folders.add(root.relativize(module).toString()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The checkout " + root + " cannot be read", e);
        }
        return folders;
    }
}
