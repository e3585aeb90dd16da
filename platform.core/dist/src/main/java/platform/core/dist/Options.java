package platform.core.dist;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * What the command line asks for.
 *
 * @param data the data folder, absolute
 * @param http the port for plain HTTP, 0 for any free one
 * @param https the port for HTTPS, 0 for any free one
 * @param bind the address to listen on
 * @param mode what to do
 */
record Options(Path data, int http, int https, String bind, Mode mode) {

    static final String USAGE =
            "java -jar platform.core.dist.jar [--data DIR] [--http PORT] [--https PORT] [--bind ADDR]";

    /** What to do. */
    enum Mode {
        /** Run in the foreground. */
        RUN,
        /** Run in the background: give standard output back to whoever started us, once there is nothing more to report. */
        DETACHED,
        /** Start, serve a request, stop: what the Java VM learns from it goes into an AOT cache. */
        TRAINING,
        VERSION,
        HELP
    }

    /**
     * Parses the arguments of the process.
     *
     * @param defaultData the data folder where none is given
     * @throws LaunchException when an argument is wrong; it names the argument and the allowed form
     */
    static Options parse(List<String> arguments, Path defaultData) {
        Parser parser = new Parser(defaultData);
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            parser.take(rest.next(), rest);
        }
        return parser.options();
    }

    private static final class Parser {

        private Path data;
        private int http = 8080;
        private int https = 8443;
        private String bind = "0.0.0.0";
        private Mode mode = Mode.RUN;

        Parser(Path data) {
            this.data = data;
        }

        void take(String argument, Iterator<String> rest) {
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            if (equals > 0) {
                takeValue(argument.substring(0, equals), argument.substring(equals + 1));
            } else if (!takeMode(argument)) {
                takeValue(argument, rest.hasNext() ? rest.next() : null);
            }
        }

        private boolean takeMode(String argument) {
            switch (argument) {
                case "--detached" -> mode = Mode.DETACHED;
                case "--training" -> mode = Mode.TRAINING;
                case "--version" -> mode = Mode.VERSION;
                case "--help", "-h" -> mode = Mode.HELP;
                default -> {
                    return false;
                }
            }
            return true;
        }

        private void takeValue(String option, String value) {
            switch (option) {
                case "--data" -> data = Path.of(required(option, value));
                case "--http" -> http = port(option, required(option, value));
                case "--https" -> https = port(option, required(option, value));
                case "--bind" -> bind = required(option, value);
                default -> throw LaunchException.usage("Unknown argument '" + option + "'. Usage: " + USAGE);
            }
        }

        private static String required(String option, String value) {
            if (value == null || value.isBlank()) {
                throw LaunchException.usage("The option " + option + " needs a value. Usage: " + USAGE);
            }
            return value;
        }

        private static int port(String option, String value) {
            if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
                throw LaunchException.usage(
                        option + " takes a port from 1 to 65535, or 0 for any free one, not '" + value + "'.");
            }
            return Integer.parseInt(value);
        }

        Options options() {
            if (http == https && http != 0) {
                throw LaunchException.usage(
                        "HTTP and HTTPS cannot share port " + http + ": give --http and --https different ones.");
            }
            return new Options(data.toAbsolutePath().normalize(), http, https, bind, mode);
        }
    }
}
