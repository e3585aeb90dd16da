package app.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.w3c.dom.Element;

/**
 * Which properties a PROPFIND asks for (RFC 4918 14.20).
 *
 * @param kind what its body says
 * @param names those that it names
 */
record PropfindQuery(Kind kind, List<QName> names) {

    /**
     * Reads the body; none means all.
     *
     * @throws DavException 400 when it is not a propfind element
     */
    static PropfindQuery read(Optional<Element> body) {
        if (body.isEmpty()) {
            return new PropfindQuery(Kind.ALL, List.of());
        }
        Element root = body.get();
        if (Xml.isDav(root, "propfind")) {
            Optional<Element> prop = Xml.child(root, "prop");
            if (prop.isPresent()) {
                return new PropfindQuery(Kind.SOME, names(prop));
            }
            if (Xml.child(root, "allprop").isPresent()) {
                return new PropfindQuery(Kind.ALL, names(Xml.child(root, "include")));
            }
            if (Xml.child(root, "propname").isPresent()) {
                return new PropfindQuery(Kind.NAMES, List.of());
            }
        }
        throw new DavException(
                400, "The body is no propfind element with allprop, propname or prop. See RFC 4918 14.20.");
    }

    /** Writes the answer for one resource. */
    void write(DavXml out, String href, Resource resource, LiveProperties live) throws IOException {
        List<QName> own = resource.own().stream().map(Properties.Property::name).toList();
        List<QName> found = new ArrayList<>();
        List<QName> missing = new ArrayList<>();
        if (kind != Kind.SOME) {
            found.addAll(live.usual(resource.entry()));
            found.addAll(own);
        }
        for (QName name : names) {
            boolean exists = live.has(resource.entry(), name) || own.contains(name);
            List<QName> list = exists ? found : missing;
            if (!list.contains(name)) {
                list.add(name);
            }
        }
        out.start("response").href(href);
        if (!found.isEmpty() || missing.isEmpty()) {
            out.start("propstat").start("prop");
            for (QName name : found) {
                property(out, name, resource, live);
            }
            out.end().status(200).end();
        }
        if (!missing.isEmpty() && kind == Kind.SOME) {
            out.start("propstat").start("prop");
            for (QName name : missing) {
                out.empty(name);
            }
            out.end().status(404).end();
        }
        out.end();
    }

    private void property(DavXml out, QName name, Resource resource, LiveProperties live) throws IOException {
        if (kind == Kind.NAMES) {
            out.empty(name);
        } else if (live.isLive(name)) {
            live.write(out, name, resource);
        } else {
            out.element(resource.own().stream()
                    .filter(property -> property.name().equals(name))
                    .findFirst()
                    .orElseThrow()
                    .value());
        }
    }

    private static List<QName> names(Optional<Element> parent) {
        return parent.stream().flatMap(Xml::children).map(Xml::name).distinct().collect(Collectors.toList());
    }

    /** What is asked for. */
    enum Kind {
        /** All that the client did not need to name, and what it names. */
        ALL,
        /** The names of all. */
        NAMES,
        /** What it names. */
        SOME
    }
}
