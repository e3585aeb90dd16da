package app.files;

import java.util.List;

/**
 * An entry with what its properties are made of.
 *
 * @param path where it lies
 * @param own the properties that clients have set
 * @param locks that hold here
 */
record Resource(DavPath path, Entry entry, List<Properties.Property> own, List<ActiveLock> locks) {

    /**
     * A lock with the URL that was locked.
     *
     * @param root the URL
     */
    record ActiveLock(Lock lock, String root) {}
}
