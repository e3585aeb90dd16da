package platform.core.shell;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import platform.core.api.Role;

/** What there is to know about the shell over SSH. */
final class SshVerbs {

    private final CommandConsole console;
    private final SshShellServer server;

    SshVerbs(CommandConsole console, SshShellServer server) {
        this.console = console;
        this.server = server;
    }

    @Needs(Role.VIEWER)
    @Command(
            name = "ssh:info",
            description = "Show where the shell is reached over SSH, and by what clients recognise this platform.",
            footer = {
                "%nA client that connects for the first time asks whether the fingerprint is right: compare it with this.",
                "%nExample: ssh:info"
            })
    void info(@Mixin Output output) {
        Optional<InetSocketAddress> address = server.address();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("address", address.map(it -> it.getAddress().getHostAddress()).orElse(null));
        json.put("port", address.map(InetSocketAddress::getPort).orElse(null));
        json.put("fingerprint", server.fingerprint());
        json.put("clients", server.clients());
        json.put("trouble", server.trouble());

        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(
                "Listens on",
                address.map(it -> it.getAddress().getHostAddress() + " port " + it.getPort())
                        .orElse("nothing"));
        fields.put("Why", server.trouble());
        fields.put("Host key", server.fingerprint() + " (Ed25519)");
        fields.put("Clients", server.clients());
        output.fields(console, json, fields);
    }
}
