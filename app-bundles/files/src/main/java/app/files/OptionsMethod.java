package app.files;

import jakarta.servlet.http.HttpServletResponse;

/** OPTIONS (RFC 4918 10.1). Class 3 says that it is RFC 4918 which is meant, not its predecessor. */
final class OptionsMethod implements DavMethod {

    private final String allow;

    OptionsMethod(String allow) {
        this.allow = allow;
    }

    @Override
    public void answer(DavRequest request, HttpServletResponse response) {
        response.setHeader("DAV", "1, 2, 3");
        response.setHeader("MS-Author-Via", "DAV");
        response.setHeader("Allow", allow);
        response.setHeader("Accept-Ranges", "bytes");
        response.setContentLength(0);
    }
}
