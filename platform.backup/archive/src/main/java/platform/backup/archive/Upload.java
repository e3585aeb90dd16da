package platform.backup.archive;

import java.io.IOException;
import java.io.OutputStream;

/** A file on its way to a {@link Target}. Closed without having been completed, it leaves nothing. One thread writes. */
abstract class Upload extends OutputStream {

    /** All has been written: the file appears under its name, on stable storage as far as the place can tell. */
    abstract void complete() throws IOException;
}
