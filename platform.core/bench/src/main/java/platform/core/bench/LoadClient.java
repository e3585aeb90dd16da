package platform.core.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import platform.core.bench.load.Commands;

/**
 * The load generator as a process: reads a command a line from standard input, answers each with a line on standard
 * output, and ends with its input. It needs no other jar than this module's. docs/performance.md lists the commands.
 */
public final class LoadClient {

    private LoadClient() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Commands commands = new Commands();
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
                if (!line.isBlank()) {
                    out.println(commands.perform(line));
                }
            }
        }
    }
}
