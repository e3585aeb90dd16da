package platform.core.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.client.auth.keyboard.UserInteraction;
import org.apache.sshd.client.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.client.session.ClientSession;

/** Logs in by what is typed, which OpenSSH's client takes from a terminal only. */
final class SshPasswordClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int port;
    private final List<String> prompts = new ArrayList<>();

    SshPasswordClient(int port) {
        this.port = port;
    }

    /** What was asked at the last login. */
    List<String> prompts() {
        return prompts;
    }

    /** By the password method. */
    boolean login(String user, String password) throws IOException {
        return connect(user, password, List.of());
    }

    /** By the keyboard-interactive method. */
    boolean answer(String user, String... answers) throws IOException {
        return connect(user, "", List.of(answers));
    }

    private boolean connect(String user, String password, List<String> answers) throws IOException {
        prompts.clear();
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setUserAuthFactories(List.of(
                    answers.isEmpty()
                            ? UserAuthPasswordFactory.INSTANCE
                            : UserAuthKeyboardInteractiveFactory.INSTANCE));
            client.setServerKeyVerifier((session, address, key) -> true);
            client.setUserInteraction(new Answers(answers));
            client.start();
            try (ClientSession session =
                    client.connect(user, "127.0.0.1", port).verify(PATIENCE).getSession()) {
                if (answers.isEmpty()) {
                    session.addPasswordIdentity(password);
                }
                return session.auth().await(PATIENCE) && session.isAuthenticated();
            }
        }
    }

    private final class Answers implements UserInteraction {

        private final List<String> answers;

        Answers(List<String> answers) {
            this.answers = answers;
        }

        @Override
        public boolean isInteractionAllowed(ClientSession session) {
            return prompts.isEmpty();
        }

        @Override
        public String[] interactive(
                ClientSession session, String name, String instruction, String lang, String[] prompt, boolean[] echo) {
            prompts.addAll(List.of(prompt));
            return answers.toArray(String[]::new);
        }

        @Override
        public String getUpdatedPassword(ClientSession session, String prompt, String lang) {
            return null;
        }
    }
}
