package platform.db.postgresql;

import java.util.HashMap;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** Where a server listens, and how it is talked to. */
record Endpoint(String host, int port, Tls tls) {

    private static final String LOOPBACK = "127.0.0.1";

    /** Our own server's. */
    static Endpoint loopback(int port) {
        return new Endpoint(LOOPBACK, port, Tls.NONE);
    }

    void applyTo(PGSimpleDataSource source) {
        source.setServerNames(new String[] {host});
        source.setPortNumbers(new int[] {port});
        source.setSslMode(tls.mode().toString());
        tls.ca().ifPresent(ca -> source.setSslRootCert(ca.toString()));
        source.setGssEncMode("disable");
        // A firewall may forget connections that are idle; then both sides have to notice.
        source.setTcpKeepAlive(!host.equals(LOOPBACK));
    }

    /** The same for PostgreSQL's tools. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", host);
        environment.put("PGPORT", Integer.toString(port));
        environment.put("PGSSLMODE", tls.mode().toString());
        tls.ca().ifPresent(ca -> environment.put("PGSSLROOTCERT", ca.toString()));
        environment.put("PGGSSENCMODE", "disable");
        return environment;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
