package app.files;

import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;

/** An XML answer while it is written. Elements of the namespace DAV: have the prefix D. */
final class DavXml implements AutoCloseable {

    private final Writer out;
    private final XMLStreamWriter writer;

    /** Begins the answer with its root element. */
    DavXml(HttpServletResponse response, int status, String root) throws IOException {
        response.setStatus(status);
        response.setContentType("application/xml; charset=utf-8");
        out = new BufferedWriter(new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8), 8192);
        try {
            writer = Xml.writer(out);
            writer.writeStartDocument("utf-8", "1.0");
            writer.writeStartElement("D", root, Xml.DAV);
            writer.writeNamespace("D", Xml.DAV);
        } catch (XMLStreamException e) {
            throw new IOException(e);
        }
    }

    DavXml start(String name) throws IOException {
        return write(() -> writer.writeStartElement("D", name, Xml.DAV));
    }

    DavXml end() throws IOException {
        return write(writer::writeEndElement);
    }

    DavXml text(String name, String text) throws IOException {
        return start(name).write(() -> writer.writeCharacters(text)).end();
    }

    DavXml empty(String name) throws IOException {
        return write(() -> writer.writeEmptyElement("D", name, Xml.DAV));
    }

    /** An empty element of any namespace. */
    DavXml empty(QName name) throws IOException {
        if (name.getNamespaceURI().equals(Xml.DAV)) {
            return empty(name.getLocalPart());
        }
        if (name.getNamespaceURI().isEmpty()) {
            return write(() -> writer.writeEmptyElement(name.getLocalPart()));
        }
        return write(() -> {
            writer.writeEmptyElement("N", name.getLocalPart(), name.getNamespaceURI());
            writer.writeNamespace("N", name.getNamespaceURI());
        });
    }

    /** An element that {@link Xml#text} made a text of. */
    DavXml element(String text) throws IOException {
        XmlCopy copy = new XmlCopy(writer);
        Element element = Xml.element(text);
        return write(() -> copy.root(element));
    }

    DavXml href(String href) throws IOException {
        return text("href", href);
    }

    DavXml status(int status) throws IOException {
        return text("status", "HTTP/1.1 " + status + " " + reason(status));
    }

    @Override
    public void close() throws IOException {
        write(writer::writeEndDocument).write(writer::flush);
        out.flush();
    }

    private DavXml write(Step step) throws IOException {
        try {
            step.run();
            return this;
        } catch (XMLStreamException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e);
        }
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 423 -> "Locked";
            case 424 -> "Failed Dependency";
            default -> "";
        };
    }

    /** Writes something. */
    @FunctionalInterface
    private interface Step {
        void run() throws XMLStreamException;
    }
}
