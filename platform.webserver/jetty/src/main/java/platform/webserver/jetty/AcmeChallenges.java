package platform.webserver.jetty;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What a certificate authority finds here while it makes sure whose this host is (HTTP-01, RFC 8555 section 8.3). */
@Component(service = AcmeChallenges.class)
public final class AcmeChallenges {

    /** The folder in which the authority looks. */
    static final String FOLDER = "/.well-known/acme-challenge/";

    private final Map<String, String> answers = new ConcurrentHashMap<>();

    @Activate
    public AcmeChallenges() {}

    /** From now until it is ended, the token is answered with this. */
    Published publish(String token, String answer) {
        answers.put(token, answer);
        return () -> answers.remove(token, answer);
    }

    /** What to answer at this path; empty when it is not for the authority. */
    Optional<String> find(String path) {
        return path != null && path.startsWith(FOLDER)
                ? Optional.ofNullable(answers.get(path.substring(FOLDER.length())))
                : Optional.empty();
    }

    /** An answer that is given. */
    @FunctionalInterface
    interface Published {
        void end();
    }
}
