package platform.core.manager;

import platform.core.api.TokenInfo;

/** An API token as the manager keeps it: the hash only. */
record ApiToken(TokenInfo info, String sha256) {}
