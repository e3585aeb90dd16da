package platform.core.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Sends processes a signal by its name. One that has ended meanwhile needs none. */
final class Signal {

    private Signal() {}

    /** @param name such as {@code STOP} */
    static void send(String name, long... processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-s", name));
        LongStream.of(processes).forEach(process -> command.add(String.valueOf(process)));
        try {
            Tool.run(command);
        } catch (BenchException e) {
            if (LongStream.of(processes)
                    .allMatch(process -> ProcessHandle.of(process).isPresent())) {
                throw e;
            }
        }
    }
}
