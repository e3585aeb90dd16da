package platform.db.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SqlChecksumTest {

    private static final String DATA = "-- Data for Name: t; Type: TABLE DATA\n";
    private static final String LONG = "a long row of more than sixteen bytes\t1\n";

    private static String of(String dump) {
        return of(dump, Integer.MAX_VALUE);
    }

    private static String of(String dump, int piece) {
        SqlChecksum checksum = new SqlChecksum();
        byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += Math.min(piece, bytes.length)) {
            checksum.write(bytes, from, Math.min(piece, bytes.length - from));
        }
        return checksum.hex();
    }

    private static String table(String rows) {
        return DATA + "COPY public.some_table_with_a_name (a, b) FROM stdin;\n" + rows + "\\.\n";
    }

    @Test
    void rowsHaveNoOrderWithinTheirTable() {
        assertThat(of(table(LONG + "2\n3\n"))).isEqualTo(of(table("3\n" + LONG + "2\n")));
        assertThat(of(table("1\n") + table("2\n"))).isNotEqualTo(of(table("2\n") + table("1\n")));
    }

    @Test
    void everyByteOfARowCounts() {
        String hash = of(table(LONG + "2\n"));

        assertThat(of(table(LONG.replace('1', '2') + "2\n"))).isNotEqualTo(hash);
        assertThat(of(table(LONG + "3\n"))).isNotEqualTo(hash);
        assertThat(of(table(LONG))).isNotEqualTo(hash);
        assertThat(of(table(LONG + "2\n2\n"))).isNotEqualTo(hash);
        assertThat(of(table(LONG + "2\n\n"))).isNotEqualTo(hash);
    }

    @Test
    void whatIsNoRowHasAnOrder() {
        String one = "SELECT pg_catalog.setval('a', 1);\n";
        String two = "SELECT pg_catalog.setval('b', 2);\n";

        assertThat(of(one + two)).isNotEqualTo(of(two + one));
        assertThat(of(table("1\n") + one)).isNotEqualTo(of(one + table("1\n")));
    }

    @Test
    void piecesMakeNoDifference() {
        String dump = "-- Name: t; Type: TABLE\nCREATE TABLE t (a int);\n" + table(LONG + "2\n") + table("\n");

        for (int piece = 1; piece < 40; piece++) {
            assertThat(of(dump, piece)).as("%d bytes", piece).isEqualTo(of(dump));
        }
    }
}
