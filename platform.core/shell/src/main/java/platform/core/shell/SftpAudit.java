package platform.core.shell;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import platform.core.api.Audit;
import platform.core.api.AuditEvent;
import platform.core.api.Caller;
import platform.core.api.PlatformException;

/** Notes what is done with files. What cannot be noted is not done. */
final class SftpAudit {

    private final Supplier<Optional<Audit>> audit;

    SftpAudit(Supplier<Optional<Audit>> audit) {
        this.audit = audit;
    }

    /** Something with a file. */
    interface Action {
        void run() throws IOException;
    }

    /** Something with a file that has a result. */
    interface Question<T> {
        T call() throws IOException;
    }

    void run(Caller caller, String what, String path, Action action) throws IOException {
        call(caller, what, path, () -> {
            action.run();
            return null;
        });
    }

    <T> T call(Caller caller, String what, String path, Question<T> question) throws IOException {
        AuditEvent event = new AuditEvent(caller, "sftp:" + what, path, "");
        String result = "failed";
        try {
            Audit kept = audit.get().orElseThrow(PlatformCommands::managerMissing);
            long number = kept.begin(event);
            try {
                T answer = question.call();
                result = "done";
                return answer;
            } catch (IOException e) {
                result = "failed: " + e.getMessage();
                throw e;
            } finally {
                kept.end(number, event, result, "", "");
            }
        } catch (PlatformException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
