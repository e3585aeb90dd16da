package platform.backup.archive;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * The form of a backup: {@code age( zstd( tar( backup.json, instance.json, database.dump.000000 …, manifest.json )))}. That of
 * the manager has {@code manager.json} and its files, {@code etc/…}, {@code secrets/…}, {@code apps/…}, before the dump; an
 * export of an instance may have {@code apps/NAME.jar} there. The dump
 * is cut into files because tar wants to know the size of each before it begins, and the dump's is known at its end. So is
 * the manifest, which therefore comes last; a file without it is not whole. age authenticates it all, its end included.
 */
final class Format {

    /** What this version writes, and reads. */
    static final int VERSION = 1;

    static final String HEADER = "backup.json";
    static final String INSTANCE = "instance.json";

    /** In place of the former, in a backup of the manager; its files follow. */
    static final String MANAGER = "manager.json";

    /** The folder of the jars: all in a backup of the manager, that of the instance in an export with its app. */
    static final String APPS = "apps/";

    static final String DUMP = "database.dump";
    static final String MANIFEST = "manifest.json";

    /** The size of the files that the dump is cut into, but for the last one. */
    static final int DUMP_FILE = 4 << 20;

    /** No file in it may be longer: each is read into memory as a whole. */
    static final int LONGEST_FILE = 32 << 20;

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .registerTypeAdapter(Instant.class, new InstantAdapter().nullSafe())
            .create();

    private Format() {}

    /** What the jar of an instance's app is called. */
    static String app(String name) {
        return APPS + name + ".jar";
    }

    static String dumpFile(int index) {
        return DUMP + String.format(".%06d", index);
    }

    static byte[] write(Object object) {
        return GSON.toJson(object).getBytes(StandardCharsets.UTF_8);
    }

    static <T> T read(byte[] json, Class<T> type) throws IOException {
        try {
            T object = GSON.fromJson(new String(json, StandardCharsets.UTF_8), type);
            if (object == null) {
                throw new IOException(type.getSimpleName() + " is empty");
            }
            return object;
        } catch (JsonParseException | DateTimeException e) {
            throw new IOException(type.getSimpleName() + " cannot be understood", e);
        }
    }

    /** ISO 8601. */
    private static final class InstantAdapter extends TypeAdapter<Instant> {

        @Override
        public void write(JsonWriter out, Instant value) throws IOException {
            out.value(value.toString());
        }

        @Override
        public Instant read(JsonReader in) throws IOException {
            return Instant.parse(in.nextString());
        }
    }
}
