package platform.backup.archive;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads what a server answers to PROPFIND (RFC 4918, section 9.1). Its XML has no document type and nothing from outside. */
final class DavListing {

    static final String QUERY = "<?xml version=\"1.0\" encoding=\"utf-8\"?><propfind xmlns=\"DAV:\"><prop>"
            + "<resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>";
    private static final String DAV = "DAV:";

    private final URI asked;
    private final List<Entry> entries = new ArrayList<>();
    private String href;
    private boolean folder;
    private long bytes;
    private Instant modified;

    private DavListing(URI asked) {
        this.asked = asked;
    }

    /**
     * Something that the server has.
     *
     * @param path decoded, from the root of the server; without a slash at its end
     */
    record Entry(String path, boolean folder, long bytes, Instant modified) {}

    static List<Entry> parse(URI asked, String text) throws IOException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
            try {
                return new DavListing(asked).read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException | IllegalArgumentException e) {
            throw TargetException.lasting(
                    "PROPFIND " + asked + " was answered with something that is no list of WebDAV: " + e.getMessage(),
                    e);
        }
    }

    private List<Entry> read(XMLStreamReader reader) throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type is not allowed");
            }
            if (event == XMLStreamConstants.START_ELEMENT && DAV.equals(reader.getNamespaceURI())) {
                begin(reader);
            } else if (event == XMLStreamConstants.END_ELEMENT && is(reader, "response")) {
                entries.add(new Entry(path(), folder, bytes, modified));
            }
        }
        return entries;
    }

    private static boolean is(XMLStreamReader reader, String name) {
        return DAV.equals(reader.getNamespaceURI()) && reader.getLocalName().equals(name);
    }

    private void begin(XMLStreamReader reader) throws XMLStreamException {
        switch (reader.getLocalName()) {
            case "response" -> {
                href = "";
                folder = false;
                bytes = 0;
                modified = Instant.EPOCH;
            }
            case "href" -> href = reader.getElementText().strip();
            case "collection" -> folder = true;
            case "getcontentlength" -> bytes = number(reader.getElementText());
            case "getlastmodified" -> modified = time(reader.getElementText());
            default -> {
                // Of no interest.
            }
        }
    }

    private String path() {
        String path = asked.resolve(href.replace(" ", "%20")).getPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static long number(String text) {
        return text.isBlank() ? 0 : Long.parseLong(text.strip());
    }

    private static Instant time(String text) {
        try {
            return ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
        } catch (DateTimeException e) {
            return Instant.EPOCH;
        }
    }
}
