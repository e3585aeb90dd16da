package platform.core.shell;

import java.util.List;
import org.apache.sshd.common.BuiltinFactory;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.compression.BuiltinCompressions;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.signature.BuiltinSignatures;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;

/**
 * What the SSH server offers, the best first: no SHA-1, no finite-field groups, no CBC, no MAC that is computed before
 * encrypting, no compression.
 */
final class SshAlgorithms {

    private static final List<BuiltinDHFactories> EXCHANGES = List.of(
            BuiltinDHFactories.mlkem768x25519,
            BuiltinDHFactories.sntrup761x25519,
            BuiltinDHFactories.sntrup761x25519_openssh,
            BuiltinDHFactories.curve25519,
            BuiltinDHFactories.curve25519_libssh,
            BuiltinDHFactories.ecdhp256,
            BuiltinDHFactories.ecdhp384,
            BuiltinDHFactories.ecdhp521);

    private static final List<BuiltinSignatures> SIGNATURES = List.of(
            BuiltinSignatures.ed25519,
            BuiltinSignatures.nistp256,
            BuiltinSignatures.nistp384,
            BuiltinSignatures.nistp521,
            BuiltinSignatures.rsaSHA512,
            BuiltinSignatures.rsaSHA256);

    private static final List<BuiltinCiphers> CIPHERS = List.of(
            BuiltinCiphers.cc20p1305_openssh,
            BuiltinCiphers.aes256gcm,
            BuiltinCiphers.aes128gcm,
            BuiltinCiphers.aes256ctr,
            BuiltinCiphers.aes128ctr);

    private static final List<BuiltinMacs> MACS = List.of(BuiltinMacs.hmacsha256etm, BuiltinMacs.hmacsha512etm);

    private SshAlgorithms() {}

    /** Those of them that this Java and its libraries know. */
    static void use(SshServer server) {
        server.setKeyExchangeFactories(NamedFactory.setUpTransformedFactories(false, EXCHANGES, ServerBuilder.DH2KEX));
        server.setSignatureFactories(BuiltinFactory.setUpFactories(false, SIGNATURES));
        server.setCipherFactories(BuiltinFactory.setUpFactories(false, CIPHERS));
        server.setMacFactories(BuiltinFactory.setUpFactories(false, MACS));
        server.setCompressionFactories(List.of(BuiltinCompressions.none));
    }
}
