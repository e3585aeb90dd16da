package platform.core.itest;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.FileResource;
import aQute.bnd.osgi.Jar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** An app that a test packs as a developer's build would: classes of this module, a library within, a manifest by bnd. */
final class AppJar {

    /** A library of one class, of which there are as many versions as the tests want. */
    static final String LIBRARY_PACKAGE = "made.up";

    static final String LIBRARY = LIBRARY_PACKAGE + ".Library";

    private static final String LIBRARY_FILE = LIBRARY.replace('.', '/') + ".class";
    private static final String PACKAGE = AppJar.class.getPackageName().replace('.', '/');

    private final Jar jar = new Jar("app");
    private final Builder builder = new Builder();

    private AppJar(String name) {
        builder.setJar(jar);
        set("Bundle-SymbolicName", "app." + name);
        set("Bundle-Version", "1.0.0");
        set("Provide-Capability", "platform.app;platform.app=" + name + ";title=" + name);
        set("-dsannotations", "*");
        set("-contract", "JakartaServlet");
    }

    /** An app of this name, which is the class and those nested in it. */
    static AppJar of(String name, Class<?> app) throws IOException {
        AppJar made = new AppJar(name);
        made.add(app);
        return made;
    }

    private void add(Class<?> app) throws IOException {
        Path folder = Classpath.testClasses().resolve(PACKAGE);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String fileName = file.getFileName().toString();
                if (fileName.matches(app.getSimpleName() + "(\\$.*)?\\.class")) {
                    jar.putResource(PACKAGE + "/" + fileName, new FileResource(file));
                }
            }
        }
    }

    /** Sets a header of the manifest or an instruction for bnd. */
    AppJar set(String header, String value) {
        builder.setProperty(header, value);
        return this;
    }

    /** Puts the library into the app, in this version. */
    AppJar library(String version) throws IOException {
        jar.putResource(LIBRARY_FILE, new EmbeddedResource(compileLibrary(version), 0));
        return this;
    }

    private static byte[] compileLibrary(String version) throws IOException {
        Path folder = Product.newFolder();
        Path source = Files.writeString(
                folder.resolve("Library.java"),
                "package made.up; public class Library { public static String version() { return \"" + version
                        + "\"; } }");
        try {
            int status = ToolProvider.getSystemJavaCompiler()
                    .run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString());
            if (status != 0) {
                throw new IllegalStateException("The library does not compile");
            }
            return Files.readAllBytes(folder.resolve(LIBRARY_FILE));
        } finally {
            ProductFiles.delete(folder);
        }
    }

    /** Writes the jar; fails on whatever bnd has to say against it. */
    void write(Path file) throws Exception {
        try (builder) {
            for (Path entry : Classpath.jars("platform\\..*\\.api|org.apache.felix.http.servlet-api|osgi.core")) {
                builder.addClasspath(entry.toFile());
            }
            Jar built = builder.build();
            if (!builder.getErrors().isEmpty()) {
                throw new IllegalStateException(file + ": " + builder.getErrors());
            }
            built.write(file.toFile());
        }
    }
}
