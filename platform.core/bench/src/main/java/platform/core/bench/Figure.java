package platform.core.bench;

/**
 * Something that is measured.
 *
 * @param phase the phase that measures it
 * @param table the title of the table it is shown in
 * @param column what it is, with its unit
 */
record Figure(String phase, String table, String column) {}
