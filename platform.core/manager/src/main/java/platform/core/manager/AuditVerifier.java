package platform.core.manager;

import java.util.ArrayList;
import java.util.List;
import platform.core.api.AuditCheck;
import platform.core.api.AuditEntry;

/** Takes the entries in their order and finds where the chain is broken. */
final class AuditVerifier {

    private static final int MOST = 20;

    private final AuditAnchor anchor;
    private final List<String> findings = new ArrayList<>();
    private AuditLink former;
    private String removal = "";

    AuditVerifier(AuditAnchor anchor) {
        this.anchor = anchor;
        this.former = anchor.removed();
    }

    void take(AuditEntry entry) {
        if (entry.number() <= anchor.removed().number()) {
            return;
        }
        if (entry.number() != former.number() + 1) {
            missing(former.number() + 1, entry.number() - 1);
        } else if (!AuditTables.hash(former.hash(), entry).equals(entry.hash())) {
            find("Entry " + entry.number() + " was changed, or put into the place of another.");
        } else if (entry.number() == anchor.last().number()
                && !entry.hash().equals(anchor.last().hash())) {
            find("Entry " + entry.number() + " is not the one that was written last: all up to it may be made up.");
        }
        if (entry.event().action().equals(AuditChain.EXPIRE)) {
            removal = "Entry " + entry.number() + " of " + entry.at() + ": "
                    + entry.event().arguments();
        }
        former = new AuditLink(entry.number(), entry.hash());
    }

    private void missing(long from, long to) {
        find(from == to ? "Entry " + from + " is missing." : "Entries " + from + " to " + to + " are missing.");
    }

    private void find(String finding) {
        if (findings.size() < MOST) {
            findings.add(finding);
        } else if (findings.size() == MOST) {
            findings.add("There is more.");
        }
    }

    AuditCheck result() {
        if (former.number() < anchor.last().number()) {
            missing(former.number() + 1, anchor.last().number());
        }
        return new AuditCheck(anchor.removed().number() + 1, beginning(), former.number(), List.copyOf(findings));
    }

    /** A removal that is older than the oldest entry, or was made by an older version, is noted nowhere. */
    private String beginning() {
        if (anchor.removed().number() == 0) {
            return "";
        }
        return "What was before was removed for its age. " + (removal.isEmpty() ? "No entry says when." : removal);
    }
}
