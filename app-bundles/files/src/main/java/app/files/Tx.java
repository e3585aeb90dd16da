package app.files;

/** The tables as one transaction sees them. */
final class Tx {

    final Tree tree;
    final Contents contents;
    final Properties properties;
    final Locks locks;

    Tx(Sql sql) {
        tree = new Tree(sql);
        contents = new Contents(sql);
        properties = new Properties(sql);
        locks = new Locks(sql);
    }
}
