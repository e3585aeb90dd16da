package platform.core.bench.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The line by which a command is answered: {@code ok} and pairs of key and value, or {@code error} and a sentence. */
public final class Answer {

    private static final String OK = "ok";
    private static final String ERROR = "error ";

    private final Map<String, String> values = new LinkedHashMap<>();

    static Answer of(String key, Object value) {
        return new Answer().with(key, value);
    }

    Answer with(String key, Object value) {
        String text = value instanceof Double number ? String.format(Locale.ROOT, "%.3f", number) : value.toString();
        values.put(key, text.isEmpty() ? "-" : text.replaceAll("\\s", "_"));
        return this;
    }

    /**
     * Reads a line that {@link #toString} has written.
     *
     * @throws IllegalArgumentException when the line is an error or no answer; its message is the sentence
     */
    public static Answer parse(String line) {
        if (line.startsWith(ERROR)) {
            throw new IllegalArgumentException(line.substring(ERROR.length()));
        }
        String[] words = line.split(" ");
        if (!words[0].equals(OK)) {
            throw new IllegalArgumentException("This is no answer: " + line);
        }
        Answer answer = new Answer();
        for (int i = 1; i < words.length; i++) {
            String[] pair = words[i].split("=", 2);
            answer.values.put(pair[0], pair.length < 2 ? "" : pair[1]);
        }
        return answer;
    }

    public static String error(String sentence) {
        return ERROR + sentence.replaceAll("\\s", " ");
    }

    public double number(String key) {
        return Double.parseDouble(text(key));
    }

    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("The load client did not answer '" + key + "' but: " + this);
        }
        return value;
    }

    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(OK);
        values.forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
        return line.toString();
    }
}
