package platform.core.manager;

/**
 * Where the audit begins and ends, kept outside of the database in {@code secrets/audit.anchor}: who can only change the
 * database can cut neither end off unseen.
 *
 * @param removed the last entry that was removed for its age
 * @param last the last entry that was written
 */
record AuditAnchor(AuditLink removed, AuditLink last) {

    private static final String NAME = "audit.anchor";

    /** What is in the file; where there is none it is made, for a chain that is where it is now. */
    static AuditAnchor read(Secrets secrets, AuditAnchor now) {
        String[] links = secrets.getOrKeep(NAME, now::text).split(" ");
        if (links.length != 2) {
            throw new IllegalStateException(
                    "secrets/" + NAME + " has an unknown format. Move it away: the audit goes on,"
                            + " and audit:verify can only check it from there on.");
        }
        return new AuditAnchor(AuditLink.parse(links[0]), AuditLink.parse(links[1]));
    }

    void write(Secrets secrets) {
        secrets.replace(NAME, text());
    }

    private String text() {
        return removed + " " + last;
    }
}
