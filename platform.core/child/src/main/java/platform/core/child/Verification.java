package platform.core.child;

import java.util.Map;
import platform.db.api.DatabaseAccess;

/** A restored database that the app is to look at. */
public record Verification(DatabaseAccess restored, Map<String, String> settings) {}
