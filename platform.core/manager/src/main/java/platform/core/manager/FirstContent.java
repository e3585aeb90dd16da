package platform.core.manager;

import java.net.URL;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the database of a new instance is to have before anything uses it.
 *
 * @param migrations all scripts of its app, when it may have had them; it is empty else
 * @param fill the last step: it is handed the database
 */
record FirstContent(List<URL> migrations, Consumer<String> fill) {

    static FirstContent schema(List<URL> migrations) {
        return new FirstContent(migrations, database -> {});
    }

    static FirstContent of(Consumer<String> fill) {
        return new FirstContent(List.of(), fill);
    }
}
