package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import platform.core.api.Role;
import platform.core.rest.GateTest.Operation;

/** The documentation says of every operation what the code says. */
class RoleTableTest {

    private static final String HEAD = """
        | operation | role | with a scope | properties and parameters for administrators |
        |---|---|---|---|
        """;

    @Test
    void theDocumentationHasTheTable() throws IOException {
        String table = HEAD
                + GateTest.operations().stream()
                        .sorted(Comparator.comparing(Operation::template).thenComparing(Operation::verb))
                        .map(RoleTableTest::row)
                        .collect(Collectors.joining());
        Files.writeString(Path.of("target", "role-table.md"), table);
        assertThat(Files.readString(Path.of("../../docs/security.md")))
                .as("the table in docs/security.md; what it should be is in target/role-table.md")
                .contains(table);
    }

    private static String row(Operation operation) {
        String above = Stream.of(operation.needs().administratorFor())
                .map(it -> "`" + it + "`")
                .collect(Collectors.joining(" "));
        return String.format(
                Locale.ROOT,
                "| `%s /%s` | %s | %s | %s |%n",
                operation.verb(),
                operation.template(),
                operation.needs().value(),
                scope(operation),
                above);
    }

    private static String scope(Operation operation) {
        if (operation.needs().value() == Role.ADMINISTRATOR) {
            return "";
        }
        boolean names = operation.template().contains("{" + Operations.INSTANCE + "}");
        return operation.needs().filtered() ? "shows what is within" : names ? "what it names" : "no";
    }
}
