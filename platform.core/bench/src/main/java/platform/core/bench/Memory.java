package platform.core.bench;

/**
 * What a process holds, in bytes.
 *
 * @param heap the used Java heap
 * @param rssAnon resident memory that is no file: heap, threads, and what libraries have allocated
 * @param rss all resident memory
 */
record Memory(double heap, double rssAnon, double rss) {

    Memory minus(Memory other) {
        return new Memory(heap - other.heap, rssAnon - other.rssAnon, rss - other.rss);
    }

    Memory dividedBy(int sockets) {
        return new Memory(heap / sockets, rssAnon / sockets, rss / sockets);
    }
}
