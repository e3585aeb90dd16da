package app.files;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** XML from clients and to them: no document types, no entities, nothing fetched, bounded in size and depth. */
final class Xml {

    static final String DAV = "DAV:";

    private static final int MAX_BODY = 1 << 20;
    private static final DocumentBuilderFactory PARSERS = parsers();
    private static final XMLOutputFactory WRITERS = XMLOutputFactory.newDefaultFactory();

    private Xml() {}

    /**
     * The root element of a request's body; empty when there is no body.
     *
     * @throws DavException 400 when it is no well-formed XML, 413 when it is too long
     */
    static Optional<Element> body(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new DavException(413, "The XML body has more than " + MAX_BODY + " bytes. Send less at a time.");
        }
        return bytes.length == 0
                ? Optional.empty()
                : Optional.of(parse(new InputSource(new ByteArrayInputStream(bytes))));
    }

    /** The element of a text that {@link #text} made. */
    static Element element(String text) throws IOException {
        return parse(new InputSource(new StringReader(text)));
    }

    /** The element as a text that stands by itself: with all its namespaces, and the language that holds for it. */
    static String text(Element element) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter writer = writer(text);
            new XmlCopy(writer).root(element);
            writer.flush();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("Cannot write the element " + element.getNodeName(), e);
        }
        return text.toString();
    }

    static XMLStreamWriter writer(Writer out) throws XMLStreamException {
        synchronized (WRITERS) {
            return WRITERS.createXMLStreamWriter(out);
        }
    }

    static QName name(Element element) {
        String namespace = element.getNamespaceURI();
        return new QName(namespace == null ? XMLConstants.NULL_NS_URI : namespace, element.getLocalName());
    }

    static boolean isDav(Element element, String name) {
        return name(element).equals(new QName(DAV, name));
    }

    static Stream<Element> children(Element element) {
        NodeList nodes = element.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast);
    }

    /** The first child of this name in the namespace DAV:. */
    static Optional<Element> child(Element element, String name) {
        return children(element).filter(child -> isDav(child, name)).findFirst();
    }

    private static Element parse(InputSource source) throws IOException {
        try {
            DocumentBuilder parser = parser();
            parser.setErrorHandler(new Strict());
            return parser.parse(source).getDocumentElement();
        } catch (SAXException e) {
            throw new DavException(400, "The XML body cannot be read: " + e.getMessage());
        }
    }

    /** The factory is not thread-safe. */
    private static DocumentBuilder parser() {
        synchronized (PARSERS) {
            try {
                return PARSERS.newDocumentBuilder();
            } catch (ParserConfigurationException e) {
                throw new IllegalStateException("This JDK has no XML parser", e);
            }
        }
    }

    private static DocumentBuilderFactory parsers() {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute("jdk.xml.maxElementDepth", "200");
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("This JDK's XML parser cannot be made safe", e);
        }
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    /** Every fault ends the reading, and none is printed. */
    private static final class Strict implements ErrorHandler {

        @Override
        public void warning(SAXParseException e) {
            // a warning leaves the document readable
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
