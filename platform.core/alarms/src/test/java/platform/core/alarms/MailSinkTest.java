package platform.core.alarms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

class MailSinkTest {

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
    private SMTPServer server;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.make(folder);
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    /** A server that knows 'me' by 'secret'. */
    private SMTPServer.Builder mailServer() {
        return SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, context) -> {
                    if (!user.equals("me") || !password.equals("secret")) {
                        throw new LoginFailedException("535 Wrong");
                    }
                }))
                .messageHandler((context, from, to, data) -> received.add(data));
    }

    private String tell(String scheme, String password, AlarmEvent... events) throws IOException {
        String address = scheme + "://me@localhost:" + server.getPortAllocated();
        SinkSpec spec = SinkSpec.of(Setups.sink(address, Optional.of(password), Optional.of(certificate.pem())));
        return new MailSink(spec, Setups.SENDER).tell(List.of(events));
    }

    private MimeMessage mail() throws Exception {
        byte[] data = received.take();
        return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
    }

    private static String text(MimeMessage mail) throws Exception {
        return new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void whatComesTogetherIsOneMailOverStartTls() throws Exception {
        server = mailServer()
                .enableTLS()
                .requireTLS()
                .requireAuth()
                .startTlsSocketFactory(certificate.server())
                .build();
        server.start();
        assertThat(tell("smtp", "secret", Setups.event("disk-full"), Setups.event("size")))
                .startsWith("250");
        MimeMessage mail = mail();
        assertThat(mail.getSubject()).isEqualTo("[box.example.com] 2 alarms");
        assertThat(mail.getFrom()[0]).hasToString("platform@example.com");
        assertThat(mail.getAllRecipients()[0]).hasToString("me@example.com");
        assertThat(mail.getHeader("Auto-Submitted", null)).isEqualTo("auto-generated");
        assertThat(text(mail))
                .contains("It is broken")
                .contains("CRITICAL platform/disk-full since 2026-11-20T10:00:00Z")
                .contains("Cause: Somebody dropped it.")
                .contains("Fix: platform:disk")
                .contains("platform/size");
    }

    @Test
    void oneAlarmIsInTheSubjectOverTls() throws Exception {
        server = mailServer().serverSocketFactory(certificate.server()).build();
        server.start();
        tell("smtps", "secret", Setups.event("disk-full"));
        assertThat(mail().getSubject()).isEqualTo("[box.example.com] CRITICAL platform/disk-full");
    }

    @Test
    void aWrongLoginSaysSo() {
        server = mailServer().serverSocketFactory(certificate.server()).build();
        server.start();
        assertThatThrownBy(() -> tell("smtps", "guess", Setups.event("a")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Check user and password");
        assertThat(received).isEmpty();
    }

    @Test
    void aMailThatIsRefusedSaysWhy() {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandler((context, from, to, data) -> {
                    throw new RejectException(554, "No alarms, please");
                })
                .build();
        server.start();
        SinkSpec spec = SinkSpec.of(Setups.sink("smtp://127.0.0.1:" + server.getPortAllocated()));
        assertThatThrownBy(() -> new MailSink(spec, Setups.SENDER).tell(List.of(Setups.event("a"))))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("No alarms, please");
    }

    @Test
    void aCertificateThatIsNotBelievedIsRefused() {
        server = mailServer().serverSocketFactory(certificate.server()).build();
        server.start();
        SinkSpec spec = SinkSpec.of(Setups.sink("smtps://localhost:" + server.getPortAllocated()));
        assertThatThrownBy(() -> new MailSink(spec, Setups.SENDER).tell(List.of(Setups.event("a"))))
                .isInstanceOf(IOException.class);
        assertThat(received).isEmpty();
    }
}
