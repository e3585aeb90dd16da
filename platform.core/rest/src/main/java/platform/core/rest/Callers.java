package platform.core.rest;

import jakarta.servlet.http.HttpServletRequest;
import platform.core.api.Caller;

/** Who sends a request: whoever has let it in has put him there. */
final class Callers {

    private Callers() {}

    static Caller of(HttpServletRequest request) {
        return (Caller) request.getAttribute(Caller.class.getName());
    }
}
