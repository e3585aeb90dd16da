package platform.core.rest;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What parameters and properties can be, strictly: Java would take {@code dry-run=yes} for false. */
final class Values {

    private Values() {}

    /**
     * @throws ProblemException when it is no number, or out of these bounds
     */
    static int number(String name, String text, int least, int most) {
        String problem = "The query parameter '" + name + "' is a number from " + least + " to " + most + ".";
        try {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw ProblemException.invalid(problem);
            }
            return number;
        } catch (NumberFormatException e) {
            throw ProblemException.invalid(problem);
        }
    }

    /**
     * One of some words, in capital or small letters.
     *
     * @param text null for none
     * @throws ProblemException when it is none of them
     */
    static <E extends Enum<E>> Optional<E> choice(String name, String text, Class<E> type) {
        List<E> choices = List.of(type.getEnumConstants());
        Optional<E> found =
                choices.stream().filter(it -> it.name().equalsIgnoreCase(text)).findFirst();
        if (text != null && found.isEmpty()) {
            throw ProblemException.invalid("The query parameter '" + name + "' is one of " + choices + ".");
        }
        return found;
    }

    /**
     * @throws ProblemException when it is absent, or no path from {@code /} on
     */
    static Path path(String property, String text) {
        try {
            Path path = Path.of(Required.property(property, text));
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // Said below.
        }
        throw ProblemException.invalid("The property '" + property + "' is no path from / on.");
    }

    /**
     * @throws ProblemException when it is absent, or no address; it may hold a password, and is not repeated
     */
    static URI address(String property, String text) {
        try {
            return new URI(Required.property(property, text));
        } catch (URISyntaxException e) {
            throw ProblemException.invalid("The property '" + property + "' is no address: " + e.getReason()
                    + ". Write it like https://host/.");
        }
    }

    /**
     * @param text null for false
     * @throws ProblemException when it is neither {@code true} nor {@code false}
     */
    static boolean flag(String name, String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw ProblemException.invalid("The query parameter '" + name + "' is true or false.");
    }
}
