package app.files;

import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Writes an element as it was read, prefixes included (RFC 4918 4.3). Namespaces that it has from around it are declared
 * again where they are used.
 */
final class XmlCopy {

    private final XMLStreamWriter writer;

    XmlCopy(XMLStreamWriter writer) {
        this.writer = writer;
    }

    /** Writes the element; xml:lang of an element around it comes with it. */
    void root(Element element) throws XMLStreamException {
        element(element, Map.of("", "", "xml", XMLConstants.XML_NS_URI), language(element));
    }

    private void element(Element element, Map<String, String> outer, String language) throws XMLStreamException {
        Map<String, String> scope = new HashMap<>(outer);
        writer.writeStartElement(prefix(element), element.getLocalName(), text(element.getNamespaceURI()));
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
                boolean named = attribute.getPrefix() != null;
                declare(named ? attribute.getLocalName() : "", attribute.getValue(), scope);
            }
        }
        declare(prefix(element), text(element.getNamespaceURI()), scope);
        for (int i = 0; i < attributes.getLength(); i++) {
            attribute((Attr) attributes.item(i), scope);
        }
        if (!language.isEmpty() && !element.hasAttributeNS(XMLConstants.XML_NS_URI, "lang")) {
            writer.writeAttribute("xml", XMLConstants.XML_NS_URI, "lang", language);
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            node(child, scope);
        }
        writer.writeEndElement();
    }

    private void attribute(Attr attribute, Map<String, String> scope) throws XMLStreamException {
        String namespace = text(attribute.getNamespaceURI());
        if (namespace.equals(XMLConstants.XMLNS_ATTRIBUTE_NS_URI)) {
            return;
        }
        if (namespace.isEmpty()) {
            writer.writeAttribute(attribute.getLocalName(), attribute.getValue());
        } else {
            declare(prefix(attribute), namespace, scope);
            writer.writeAttribute(prefix(attribute), namespace, attribute.getLocalName(), attribute.getValue());
        }
    }

    private void node(Node node, Map<String, String> scope) throws XMLStreamException {
        switch (node.getNodeType()) {
            case Node.ELEMENT_NODE -> element((Element) node, scope, "");
            case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> writer.writeCharacters(node.getNodeValue());
            default -> {
                // RFC 4918 4.3 does not ask to keep comments and processing instructions
            }
        }
    }

    private void declare(String prefix, String namespace, Map<String, String> scope) throws XMLStreamException {
        if (namespace.equals(scope.put(prefix, namespace)) || prefix.equals("xml")) {
            return;
        }
        if (prefix.isEmpty()) {
            writer.writeDefaultNamespace(namespace);
        } else {
            writer.writeNamespace(prefix, namespace);
        }
    }

    private static String language(Element element) {
        for (Node node = element; node instanceof Element each; node = node.getParentNode()) {
            if (each.hasAttributeNS(XMLConstants.XML_NS_URI, "lang")) {
                return each.getAttributeNS(XMLConstants.XML_NS_URI, "lang");
            }
        }
        return "";
    }

    private static String prefix(Node node) {
        return text(node.getPrefix());
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }
}
