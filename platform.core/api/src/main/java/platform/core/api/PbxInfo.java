package platform.core.api;

import java.util.List;

/**
 * What a PBX says of itself after its app object has logged in; what it did not say is empty.
 *
 * @param domain its domain
 * @param pbx its name
 * @param pbxDns its DNS name
 * @param apis the APIs that the app object may use on this socket
 * @param version of its software
 * @param build of its software
 */
public record PbxInfo(String domain, String pbx, String pbxDns, List<String> apis, String version, String build) {
    public PbxInfo {
        apis = List.copyOf(apis);
    }
}
