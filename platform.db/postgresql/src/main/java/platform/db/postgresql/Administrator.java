package platform.db.postgresql;

/** Works as the server's administrator, by connections that are there already. */
interface Administrator {

    /**
     * @param what as in "Cannot ..."
     * @param work may be done twice, when the server was restarted meanwhile
     */
    <T> T work(String what, Sessions.Work<T> work);
}
