package platform.core.api;

import java.util.List;

/**
 * Whether the audit is whole.
 *
 * @param first the number of the first entry that is kept; those before it were removed for their age
 * @param beginning why it begins there, in a sentence; empty when nothing was removed
 * @param last the number of the last entry
 * @param findings what is wrong, in sentences; empty when it is whole
 */
public record AuditCheck(long first, String beginning, long last, List<String> findings) {}
