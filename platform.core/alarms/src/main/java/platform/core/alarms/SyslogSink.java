package platform.core.alarms;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Tells alarms by syslog (RFC 5424), over UDP (RFC 5426), TCP (RFC 6587, octet counting) or TLS (RFC 5425). */
final class SyslogSink implements AlarmSink {

    private static final int PATIENCE_MS = 15_000;
    private static final int BATCH = 100;
    /** What every receiver over UDP must take is 480; most take this much, and a packet is not split. */
    private static final int PACKET = 1400;

    private static final int DAEMON = 3;
    private static final int CRITICAL = 2;
    private static final int ERROR = 3;
    private static final int WARNING = 4;
    private static final int NOTICE = 5;
    private static final int INFORMATIONAL = 6;

    private final SinkSpec spec;
    private final Sender sender;

    SyslogSink(SinkSpec spec, Sender sender) {
        this.spec = spec;
        this.sender = sender;
    }

    @Override
    public int most() {
        return BATCH;
    }

    @Override
    public String tell(List<AlarmEvent> events) throws IOException {
        if (spec.scheme().equals("syslog")) {
            sendPackets(events);
            return "Sent by UDP, which nobody confirms: look into the log of the server";
        }
        try (Socket socket = connect()) {
            socket.getOutputStream().write(counted(events));
            socket.shutdownOutput();
        }
        return "The server took the connection and the message; syslog has no answer";
    }

    private void sendPackets(List<AlarmEvent> events) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress address = InetAddress.getByName(spec.uri().getHost());
            for (AlarmEvent event : events) {
                byte[] message = message(event);
                socket.send(new DatagramPacket(message, Math.min(message.length, PACKET), address, spec.port()));
            }
        }
    }

    private Socket connect() throws IOException {
        Socket plain = new Socket();
        try {
            plain.setSoTimeout(PATIENCE_MS);
            plain.connect(new InetSocketAddress(spec.uri().getHost(), spec.port()), PATIENCE_MS);
            return spec.scheme().equals("syslog+tls") ? secured(plain) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain) throws IOException {
        SSLSocketFactory sockets = Trust.sockets(spec);
        SSLSocket socket = (SSLSocket) sockets.createSocket(plain, spec.uri().getHost(), spec.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private byte[] counted(List<AlarmEvent> events) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (AlarmEvent event : events) {
            byte[] message = message(event);
            all.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            all.write(message);
        }
        return all.toByteArray();
    }

    /** 32473 is the number that RFC 5612 gives to those who have none. */
    private byte[] message(AlarmEvent event) {
        String data = "[alarm@32473 source=\"" + event.source() + "\" code=\"" + event.code() + "\" severity=\""
                + event.severity() + "\" serial=\"" + sender.serial() + "\"]";
        String head = "<" + (DAEMON * 8 + level(event)) + ">1 " + event.time() + " " + sender.host()
                + " app-platform - " + event.kind() + " " + data + " \uFEFF";
        return (head + oneLine(event)).getBytes(StandardCharsets.UTF_8);
    }

    private static String oneLine(AlarmEvent event) {
        String fix = event.fix().isEmpty() ? "" : " Fix: " + event.fix();
        return (event.text() + fix).replaceAll("\\p{Cntrl}+", " ");
    }

    private static int level(AlarmEvent event) {
        if (event.kind() == AlarmEvent.Kind.CLEARED) {
            return INFORMATIONAL;
        }
        return switch (event.severity()) {
            case WARNING -> NOTICE;
            case MINOR -> WARNING;
            case MAJOR -> ERROR;
            case CRITICAL -> CRITICAL;
        };
    }
}
