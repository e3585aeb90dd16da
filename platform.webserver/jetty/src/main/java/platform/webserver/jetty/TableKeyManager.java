package platform.webserver.jetty;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Shows a client the certificate of the name that it asks for. Knows one table for ever, so that what it chose is there when
 * Java comes back for the key and the chain. An alias is a position in the table.
 */
final class TableKeyManager extends X509ExtendedKeyManager {

    private final CertificateTable table;
    private final List<HostCertificate> all;

    TableKeyManager(CertificateTable table) {
        this.table = table;
        this.all = table.all();
    }

    @Override
    public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        HostCertificate certificate =
                asked(engine.getHandshakeSession()).map(table::find).orElseGet(table::fallback);
        // Null makes Java ask for the next type of key that the client can handle.
        return certificate.key().getAlgorithm().equals(keyType) ? String.valueOf(all.indexOf(certificate)) : null;
    }

    private static Optional<String> asked(SSLSession session) {
        if (!(session instanceof ExtendedSSLSession extended)) {
            return Optional.empty();
        }
        return extended.getRequestedServerNames().stream()
                .filter(SNIHostName.class::isInstance)
                .map(TableKeyManager::name)
                .findFirst();
    }

    private static String name(SNIServerName name) {
        return ((SNIHostName) name).getAsciiName().toLowerCase(Locale.ROOT);
    }

    /** A root is not sent: who trusts it has it. */
    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        List<X509Certificate> chain = all.get(Integer.parseInt(alias)).chain();
        X509Certificate last = chain.get(chain.size() - 1);
        int count = chain.size() > 1 && Issuers.isSelfSigned(last) ? chain.size() - 1 : chain.size();
        return chain.subList(0, count).toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return all.get(Integer.parseInt(alias)).key();
    }

    @Override
    public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        throw new UnsupportedOperationException("Jetty uses engines, not sockets");
    }

    @Override
    public String[] getServerAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }

    @Override
    public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return null;
    }

    @Override
    public String[] getClientAliases(String keyType, Principal[] issuers) {
        return new String[0];
    }
}
