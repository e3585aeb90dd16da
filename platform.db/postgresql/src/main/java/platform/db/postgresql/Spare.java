package platform.db.postgresql;

/**
 * A database that is ready to become somebody's.
 *
 * @param note what the comment on it says of the scripts that it has had; empty when it is empty. One that is not has a role of
 *     its own name, to which all that is in it belongs
 */
record Spare(String name, String note) {

    boolean isEmpty() {
        return note.isEmpty();
    }
}
