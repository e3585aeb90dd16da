package platform.core.alarms;

import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSSLTransport;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Tells alarms by e-mail: what has come together in one. */
final class MailSink implements AlarmSink {

    private static final String PATIENCE_MS = "15000";
    private static final int BATCH = 50;
    /** From here on SMTP's answers say that it will not help to try again (RFC 5321, 4.2.1). */
    private static final int PERMANENT = 500;

    private final SinkSpec spec;
    private final Sender sender;
    private final Properties settings = new Properties();

    MailSink(SinkSpec spec, Sender sender) throws IOException {
        this.spec = spec;
        this.sender = sender;
        String prefix = "mail." + spec.scheme() + ".";
        settings.setProperty(prefix + "connectiontimeout", PATIENCE_MS);
        settings.setProperty(prefix + "timeout", PATIENCE_MS);
        settings.setProperty(prefix + "writetimeout", PATIENCE_MS);
        settings.setProperty(prefix + "localhost", sender.host());
        settings.setProperty(prefix + "from", spec.setup().from().orElseThrow());
        settings.setProperty(prefix + "auth", String.valueOf(spec.login().isPresent()));
        settings.setProperty(prefix + "ssl.checkserveridentity", "true");
        settings.setProperty(prefix + "starttls.enable", "true");
        settings.setProperty(prefix + "starttls.required", String.valueOf(!spec.isLocal()));
        settings.put(prefix + "ssl.socketFactory", Trust.sockets(spec));
    }

    @Override
    public int most() {
        return BATCH;
    }

    @Override
    public String tell(List<AlarmEvent> events) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // By it the library finds its own parts.
        thread.setContextClassLoader(MailSink.class.getClassLoader());
        try {
            return send(events);
        } catch (AuthenticationFailedException e) {
            throw new IOException("The login is wrong. Check user and password: " + e.getMessage(), e);
        } catch (MessagingException e) {
            String problem = "The mail server does not take it: " + reason(e);
            throw isRefusal(e) ? new RefusedException(problem, e) : new IOException(problem, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private String send(List<AlarmEvent> events) throws MessagingException {
        Session session = Session.getInstance(settings);
        MimeMessage message = message(session, events);
        String user = spec.login().map(SinkSpec.Login::user).orElse(null);
        String password = spec.login().map(SinkSpec.Login::password).orElse(null);
        URLName server = new URLName(spec.scheme(), spec.uri().getHost(), spec.port(), null, user, password);
        try (SMTPTransport transport = spec.scheme().equals("smtps")
                ? new SMTPSSLTransport(session, server)
                : new SMTPTransport(session, server)) {
            transport.connect();
            transport.sendMessage(message, message.getAllRecipients());
            return transport.getLastServerResponse().strip();
        }
    }

    private MimeMessage message(Session session, List<AlarmEvent> events) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(spec.setup().from().orElseThrow()));
        for (String to : spec.setup().to()) {
            message.addRecipient(Message.RecipientType.TO, new InternetAddress(to));
        }
        message.setSubject(subject(events), "UTF-8");
        message.setSentDate(new Date());
        message.setHeader("Auto-Submitted", "auto-generated");
        byte[] text = text(events).getBytes(StandardCharsets.UTF_8);
        // By its bytes, which needs no table of content types.
        message.setDataHandler(new DataHandler(new ByteArrayDataSource(text, "text/plain; charset=utf-8")));
        message.setHeader("Content-Transfer-Encoding", "base64");
        message.saveChanges();
        return message;
    }

    private String subject(List<AlarmEvent> events) {
        String what =
                events.size() > 1 ? events.size() + " alarms" : events.get(0).title();
        return "[" + sender.host() + "] " + what;
    }

    private String text(List<AlarmEvent> events) {
        return events.stream().map(it -> it.text() + "\n\n" + it.details()).collect(Collectors.joining("\n\n----\n\n"))
                + "\n\n-- \nApp Platform on " + sender.host() + ", " + sender.serial() + "\n";
    }

    /** Whom a mail server does not know is told in the exception inside. */
    private static String reason(MessagingException e) {
        Exception inner = e.getNextException();
        return inner == null ? String.valueOf(e.getMessage()).strip() : e.getMessage() + ": " + inner.getMessage();
    }

    private static boolean isRefusal(MessagingException e) {
        for (Exception at = e; at instanceof MessagingException each; at = each.getNextException()) {
            if (at instanceof SMTPSendFailedException failed && failed.getReturnCode() >= PERMANENT
                    || at instanceof SMTPAddressFailedException unknown && unknown.getReturnCode() >= PERMANENT) {
                return true;
            }
        }
        return false;
    }
}
