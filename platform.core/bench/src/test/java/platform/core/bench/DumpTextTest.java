package platform.core.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTextTest {

    @TempDir
    private Path folder;

    private List<String> read(String... lines) throws IOException {
        return DumpText.read(Files.writeString(folder.resolve("dump.sql"), String.join("\n", lines) + "\n"));
    }

    @Test
    void aTablesRowsHaveNoOrder() throws IOException {
        assertThat(read("COPY public.t (a) FROM stdin;", "1", "2", "\\.", "", "SELECT 1;"))
                .isEqualTo(read("COPY public.t (a) FROM stdin;", "2", "1", "\\.", "", "SELECT 1;"));
    }

    @Test
    void everyRowCountsAndBelongsToItsTable() throws IOException {
        List<String> dump = read("COPY a (a) FROM stdin;", "1", "2", "\\.", "COPY b (a) FROM stdin;", "3", "\\.");

        assertThat(read("COPY a (a) FROM stdin;", "1", "3", "\\.", "COPY b (a) FROM stdin;", "2", "\\."))
                .isNotEqualTo(dump);
        assertThat(read("COPY a (a) FROM stdin;", "1", "2", "2", "\\.", "COPY b (a) FROM stdin;", "3", "\\."))
                .isNotEqualTo(dump);
    }

    @Test
    void statementsHaveAnOrderAndLongOnesCountToTheirEnd() throws IOException {
        assertThat(read("SELECT 1;", "SELECT 2;")).isNotEqualTo(read("SELECT 2;", "SELECT 1;"));
        String large = "SELECT pg_catalog.lowrite(0, '\\x" + "00".repeat(1000);
        assertThat(read(large + "01');")).isNotEqualTo(read(large + "02');"));
    }

    @Test
    void theRandomWordDoesNotCount() throws IOException {
        assertThat(read("\\restrict abc", "SELECT 1;", "\\unrestrict abc"))
                .isEqualTo(read("\\restrict xyz", "SELECT 1;", "\\unrestrict xyz"));
    }
}
