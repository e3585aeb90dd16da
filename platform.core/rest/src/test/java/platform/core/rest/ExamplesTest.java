package platform.core.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls in the documentation work as they are written there, but for the host and the token. */
class ExamplesTest {

    private static final String PROMPT = "$ curl ";
    private static final String BASE = "http://localhost:8080" + RestApplication.PATH + "/";

    @TempDir
    Path folder;

    @Test
    void everyCallOfTheDocumentationIsAnswered() throws Exception {
        Files.write(Files.createDirectory(folder.resolve("samples")).resolve("app.files.jar"), new byte[3_000_000]);
        Files.writeString(folder.resolve(".curlrc"), "fail-with-body\nsilent\nshow-error\nmax-time = 60\n");
        List<String> calls = Files.readAllLines(Path.of("../../docs/rest.md")).stream()
                .filter(it -> it.startsWith(PROMPT))
                .map(it -> it.substring(2))
                .toList();
        assertThat(calls).hasSizeGreaterThan(4).allMatch(it -> it.contains(BASE));
        try (RestServer server = new RestServer()) {
            // The examples make an instance that is there otherwise.
            server.services.instances.all.clear();
            for (String call : calls) {
                run(call.replace(BASE, server.base().toString()));
            }
            assertThat(server.services.appFiles.events).contains("installed");
        }
    }

    private void run(String call) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        ProcessBuilder shell = new ProcessBuilder("bash", "-c", call)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        shell.environment().put("CURL_HOME", folder.toString());
        shell.environment().put("T", "User: admin");
        Process process = shell.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(call).isTrue();
        assertThat(process.exitValue()).as(call + ": " + Files.readString(said)).isZero();
    }
}
