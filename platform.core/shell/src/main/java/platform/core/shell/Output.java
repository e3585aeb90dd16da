package platform.core.shell;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every command has, and what they decide: how the result is printed. */
final class Output {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "How to print the result: table (default), json or yaml.")
    private Format format = Format.TABLE;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Print this help.")
    private boolean help;

    /** Prints a list. */
    void list(CommandConsole console, List<?> items, Table table) {
        if (format == Format.TABLE) {
            console.println(console.screen().map(table::text).orElseGet(table::text));
        } else {
            console.println(format.text(items));
        }
    }

    /** Prints one thing by its fields; empty ones are left out. */
    void fields(CommandConsole console, Object item, Map<String, ?> fields) {
        text(console, item, rows(fields));
    }

    /** Prints what has been done. */
    void text(CommandConsole console, Object item, String text) {
        console.println(format == Format.TABLE ? text : format.text(item));
    }

    /** Prints how far the work is, for people only. */
    void progress(CommandConsole console, String step) {
        message(console, Table.visible(step));
    }

    /** Prints what a reader wants to know on the way, line by line; a program that reads JSON or YAML does not. */
    void message(CommandConsole console, String text) {
        if (format == Format.TABLE) {
            console.println(text);
        }
    }

    /** Names and values in two columns. */
    static String rows(Map<String, ?> fields) {
        int width = fields.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        return fields.entrySet().stream()
                .filter(field -> !field.getValue().toString().isEmpty())
                .map(field -> String.format(
                        "%-" + width + "s%s",
                        field.getKey(),
                        Table.visible(field.getValue().toString())))
                .collect(Collectors.joining("\n"));
    }

    /** The forms in which a result can be printed. */
    enum Format {
        TABLE,
        JSON,
        YAML;

        private String text(Object item) {
            return this == YAML ? Yaml.text(Json.tree(item)) : Json.text(item);
        }
    }

    /** Reads a format's name. */
    static final class FormatConverter implements picocli.CommandLine.ITypeConverter<Format> {

        @Override
        public Format convert(String value) {
            for (Format format : Format.values()) {
                if (format.name().toLowerCase(Locale.ROOT).equals(value)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + value + "' is no format. Use table, json or yaml");
        }
    }
}
