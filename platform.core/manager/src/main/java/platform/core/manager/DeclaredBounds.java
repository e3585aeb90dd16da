package platform.core.manager;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.metatype.AD;
import org.apache.felix.metatype.MetaDataReader;
import org.apache.felix.metatype.OCD;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import platform.core.api.PlatformException;
import platform.core.api.SettingBounds;

/** The bounds of a bundle's settings: the service of OSGi Metatype checks them, but does not say what they are. */
final class DeclaredBounds {

    private final Map<String, OCD> declared = new HashMap<>();

    static DeclaredBounds of(Bundle bundle) {
        DeclaredBounds bounds = new DeclaredBounds();
        Enumeration<URL> documents = bundle.findEntries(MetaTypeService.METATYPE_DOCUMENTS_LOCATION, "*.xml", false);
        if (documents != null) {
            Collections.list(documents).forEach(bounds::read);
        }
        return bounds;
    }

    void read(URL document) {
        try {
            for (Object ocd : new MetaDataReader()
                    .parse(document)
                    .getObjectClassDefinitions()
                    .values()) {
                declared.put(((OCD) ocd).getID(), (OCD) ocd);
            }
        } catch (IOException e) {
            throw PlatformException.failed("What can be set, in " + document + ", cannot be read: " + e, e);
        }
    }

    /** Those of a setting; empty where it has none. */
    Optional<SettingBounds> find(ObjectClassDefinition group, String key) {
        return Optional.ofNullable(declared.get(group.getID()))
                .map(it -> (AD) it.getAttributeDefinitions().get(key))
                .filter(it -> it.getMin() != null && it.getMax() != null)
                .map(it -> new SettingBounds(Long.parseLong(it.getMin()), Long.parseLong(it.getMax())));
    }
}
