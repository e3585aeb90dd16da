package platform.webserver.jetty;

import platform.webserver.api.WebserverException;

/** Says which setting is out of its bounds, and what they are. */
final class Bounds {

    static final int MEGABYTE = 1024 * 1024;

    /** In seconds. */
    static final int YEAR = 365 * 24 * 60 * 60;

    private Bounds() {}

    static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new WebserverException("The setting " + name + " in etc/" + WebserverComponent.PID + ".cfg is "
                    + value + ": give a number from " + least + " to " + most + ".");
        }
    }
}
