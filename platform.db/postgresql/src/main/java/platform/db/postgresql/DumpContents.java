package platform.db.postgresql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a dump's table of contents, in a file that tells {@code pg_restore} what to leave out. */
record DumpContents(Path file) implements AutoCloseable {

    /** {@code 3345; 0 16390 TABLE DATA public note owner}; blanks in names are not told from those between them. */
    private static final Pattern DATA = Pattern.compile("\\d+; \\d+ \\d+ TABLE DATA (.*)");

    private static final Pattern LARGE_OBJECTS =
            Pattern.compile("\\d+; \\d+ \\d+ (?:BLOB|(?:ACL|COMMENT) .*LARGE OBJECT).*");

    /** Without large objects, and without the rows of other tables. */
    static DumpContents only(Set<String> tables, List<String> contents, Path folder) throws IOException {
        List<String> lines = contents.stream()
                .filter(line -> !LARGE_OBJECTS.matcher(line).matches())
                .filter(line -> {
                    Matcher data = DATA.matcher(line);
                    return !data.matches() || tables.stream().anyMatch(table -> isOf(table, data.group(1)));
                })
                .toList();
        return new DumpContents(Files.write(Files.createTempFile(folder, "contents", ".list"), lines));
    }

    /** Where a name has dots or blanks, more tables than one may be meant; rows too many do no harm. */
    private static boolean isOf(String table, String entry) {
        return entry.length() > table.length()
                && entry.charAt(table.length()) == ' '
                && entry.substring(0, table.length()).replace(' ', '.').equals(table.replace(' ', '.'));
    }

    @Override
    public void close() throws IOException {
        Files.delete(file);
    }
}
