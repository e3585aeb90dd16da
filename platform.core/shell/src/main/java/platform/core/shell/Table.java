package platform.core.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.terminal.Terminal;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * Rows under column headings. Where it would be wider than the window, the widest columns are cut, and {@code …} says so.
 * Control characters are made visible: nothing that an app reports can steer the terminal.
 */
final class Table {

    private static final String GAP = "  ";
    private static final int NARROWEST = 6;

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> whole = new HashSet<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    /** Never cuts this column, since what is in it is typed again; a line may get longer than the window. */
    Table whole(String heading) {
        whole.add(rows.get(0).indexOf(heading));
        return this;
    }

    Table row(Object... cells) {
        rows.add(Arrays.stream(cells).map(cell -> visible(String.valueOf(cell))).toList());
        return this;
    }

    /** As wide as its content. */
    String text() {
        return lines(natural()).stream().map(AttributedString::toString).collect(Collectors.joining("\n"));
    }

    /** Fit for the terminal, states in colour where it has colours. */
    String text(Terminal terminal) {
        return lines(fit(natural(), terminal.getWidth(), whole)).stream()
                .map(line -> line.toAnsi(terminal))
                .collect(Collectors.joining("\n"));
    }

    private int[] natural() {
        return IntStream.range(0, rows.get(0).size())
                .map(column -> rows.stream()
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
    }

    /** Takes from the widest column that may be cut until all fit; a terminal that does not know its width has none to fit. */
    static int[] fit(int[] natural, int columns, Set<Integer> whole) {
        int[] widths = natural.clone();
        int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - columns;
        for (; columns > 0 && excess > 0; excess--) {
            OptionalInt widest = IntStream.range(0, widths.length)
                    .filter(column -> !whole.contains(column) && widths[column] > NARROWEST)
                    .reduce((a, b) -> widths[b] > widths[a] ? b : a);
            if (widest.isEmpty()) {
                break;
            }
            widths[widest.getAsInt()]--;
        }
        return widths;
    }

    private List<AttributedString> lines(int[] widths) {
        List<AttributedString> lines = new ArrayList<>();
        for (List<String> row : rows) {
            lines.add(line(row, widths, lines.isEmpty()));
        }
        return lines;
    }

    private static AttributedString line(List<String> row, int[] widths, boolean heading) {
        AttributedStringBuilder line = new AttributedStringBuilder();
        int end = lastFilled(row);
        for (int column = 0; column <= end; column++) {
            String cell = cut(row.get(column), widths[column]);
            line.append(cell, heading ? AttributedStyle.BOLD : style(cell));
            if (column < end) {
                line.append(" ".repeat(widths[column] - width(cell))).append(GAP);
            }
        }
        return line.toAttributedString();
    }

    /** What follows is empty: a line does not end in blanks. */
    private static int lastFilled(List<String> row) {
        int last = row.size() - 1;
        while (last > 0 && row.get(last).isEmpty()) {
            last--;
        }
        return last;
    }

    private static AttributedStyle style(String cell) {
        return switch (cell) {
            case "RUNNING", "ACTIVE" -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
            case "FAILED", "QUARANTINED" -> AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
            case "DEGRADED", "STARTING", "STOPPING" -> AttributedStyle.DEFAULT.foreground(AttributedStyle.YELLOW);
            default -> AttributedStyle.DEFAULT;
        };
    }

    private static String cut(String cell, int width) {
        if (width(cell) <= width) {
            return cell;
        }
        return new AttributedString(cell).columnSubSequence(0, width - 1) + "…";
    }

    private static int width(String cell) {
        return new AttributedString(cell).columnLength();
    }

    /** One line, without characters that steer a terminal. */
    static String visible(String text) {
        return text.replaceAll("\\R", " ").replaceAll("\\p{Cntrl}|[\\x80-\\x9f]", "\uFFFD");
    }

    /** In quotes, as part of a message. */
    static String quoted(String text) {
        return "'" + visible(text) + "'";
    }
}
