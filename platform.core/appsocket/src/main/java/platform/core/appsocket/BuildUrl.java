package platform.core.appsocket;

import java.util.Optional;

/** Where a page should move to that was loaded from the folder of another build. */
final class BuildUrl {

    private BuildUrl() {}

    /**
     * @param url of the page
     * @param webPath the instance's path: its last part is no build, even if it looks like one
     * @param build the current one; empty when the app has none
     * @return empty when the page may stay
     */
    static Optional<String> moved(String url, String webPath, String build) {
        int end = end(url);
        int file = url.lastIndexOf('/', end - 1) + 1;
        int host = url.indexOf("://") + 3;
        if (build.isEmpty() || host < 3 || file <= host) {
            return Optional.empty();
        }
        int folder = url.lastIndexOf('/', file - 2) + 1;
        String found = folder <= host ? "" : url.substring(folder, file - 1);
        if (found.equalsIgnoreCase(build)) {
            return Optional.empty();
        }
        boolean other = found.matches("[0-9A-Fa-f]+") && !url.startsWith(webPath + "/", file - webPath.length() - 1);
        return Optional.of(url.substring(0, other ? folder : file) + build + "/" + url.substring(file));
    }

    /** Where its path ends. */
    private static int end(String url) {
        int end = url.length();
        for (char mark : new char[] {'?', '#'}) {
            int found = url.indexOf(mark);
            end = found >= 0 && found < end ? found : end;
        }
        return end;
    }
}
