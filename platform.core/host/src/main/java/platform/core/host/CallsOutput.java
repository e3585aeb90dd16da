package platform.core.host;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output, by which the platform is answered. When an app has closed it the process ends, to be started again at once. */
final class CallsOutput extends FilterOutputStream {

    /** As in sysexits.h: an error of input or output. */
    private static final int STATUS = 74;

    CallsOutput(OutputStream output) {
        super(output);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            end(e);
        }
    }

    @Override
    public void write(int octet) {
        try {
            out.write(octet);
        } catch (IOException e) {
            end(e);
        }
    }

    private static void end(IOException e) {
        System.err.println("Standard output, by which the platform is answered, is closed: " + e.getMessage());
        Runtime.getRuntime().halt(STATUS);
    }
}
