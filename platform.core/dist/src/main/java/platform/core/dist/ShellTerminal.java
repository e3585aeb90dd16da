package platform.core.dist;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The terminal that the client was started in. The platform edits lines and echoes, so it is switched to raw mode; it is
 * given back as it was when this JVM ends, however it ends. All by {@code stty}: Java has no call for it.
 */
final class ShellTerminal {

    private final String settings;

    private ShellTerminal(String settings) {
        this.settings = settings;
    }

    /** The terminal, if both standard input and standard output are one. */
    static Optional<ShellTerminal> find() {
        return stty("-g")
                .filter(settings -> run(Redirect.INHERIT, "test", "-t", "1").isPresent())
                .map(ShellTerminal::new);
    }

    /** Passes keys through as they are typed, until this JVM ends. */
    void makeRaw() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::restore, "terminal restorer"));
        stty("raw", "-echo");
    }

    void restore() {
        stty(settings);
    }

    ShellFrames.Size size() {
        return stty("size")
                .filter(text -> text.matches("[0-9]+ [0-9]+"))
                .map(text -> text.split(" "))
                .map(rowsColumns ->
                        new ShellFrames.Size(Integer.parseInt(rowsColumns[1]), Integer.parseInt(rowsColumns[0])))
                .orElse(ShellFrames.Size.UNKNOWN);
    }

    /** Runs the task each time the window changes its size. By reflection: the compiler warns of {@code sun.misc}. */
    static void onResize(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    ShellTerminal.class.getClassLoader(), new Class<?>[] {handler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            task.run();
                        }
                        return null;
                    });
            Object winch = signal.getConstructor(String.class).newInstance("WINCH");
            signal.getMethod("handle", signal, handler).invoke(null, winch, proxy);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            // Without the signal the window keeps the size that it had at the start.
            return;
        }
    }

    private static Optional<String> stty(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "stty";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return run(Redirect.PIPE, command);
    }

    /** What the command prints; empty when it fails. */
    private static Optional<String> run(Redirect output, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectInput(Redirect.INHERIT)
                    .redirectOutput(output)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? Optional.of(text.strip()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
