package platform.core.manager;

import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import platform.core.api.QuotaKind;

/**
 * What the database of a new instance is to have before anything uses it.
 *
 * @param migrations all scripts of its app, when it may have had them; it is empty else
 * @param fill the last step but for the limits: it is handed the database
 * @param limits those of the instance's own; they must not hinder the filling
 */
record FirstContent(List<URL> migrations, Consumer<String> fill, Map<QuotaKind, Optional<Long>> limits) {

    static FirstContent schema(List<URL> migrations, Map<QuotaKind, Optional<Long>> limits) {
        return new FirstContent(migrations, database -> {}, limits);
    }

    static FirstContent of(Consumer<String> fill, Map<QuotaKind, Optional<Long>> limits) {
        return new FirstContent(List.of(), fill, limits);
    }
}
