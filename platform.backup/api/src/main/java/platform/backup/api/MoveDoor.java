package platform.backup.api;

import java.io.IOException;
import java.io.InputStream;
import org.osgi.annotation.versioning.ProviderType;

/** Where another platform hands an instance over, a step at a time. Whoever opens it to the network sees to it that nobody listens. */
@ProviderType
public interface MoveDoor {

    /**
     * An answer.
     *
     * @param status of HTTP; 401 tells nothing but that the ticket is not good
     */
    record Answer(int status, String json) {}

    /**
     * Does a step.
     *
     * @param ticket what the other platform shows; nothing is read before it was found to be good
     * @param step {@code offer}, {@code data/OFFSET}, {@code end}, {@code commit}, {@code state} or {@code abort}
     */
    Answer step(String ticket, String step, InputStream body) throws IOException;
}
