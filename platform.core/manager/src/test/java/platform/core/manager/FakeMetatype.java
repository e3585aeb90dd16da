package platform.core.manager;

import java.io.InputStream;
import java.util.List;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What a bundle declares that can be set. */
record FakeMetatype(String name, List<Attribute> attributes) implements ObjectClassDefinition {

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getID() {
        return name;
    }

    @Override
    public String getDescription() {
        return null;
    }

    @Override
    public AttributeDefinition[] getAttributeDefinitions(int filter) {
        return attributes.toArray(AttributeDefinition[]::new);
    }

    @Override
    public InputStream getIcon(int size) {
        return null;
    }

    /** Its default is the first of its options, if it has more than one. */
    record Attribute(String id, int type, String... defaults) implements AttributeDefinition {

        @Override
        public String getName() {
            return id;
        }

        @Override
        public String getID() {
            return id;
        }

        @Override
        public String getDescription() {
            return null;
        }

        @Override
        public int getCardinality() {
            return 0;
        }

        @Override
        public int getType() {
            return type;
        }

        @Override
        public String[] getOptionValues() {
            return defaults.length > 1 ? defaults : null;
        }

        @Override
        public String[] getOptionLabels() {
            return null;
        }

        @Override
        public String validate(String value) {
            return null;
        }

        @Override
        public String[] getDefaultValue() {
            return new String[] {defaults[0]};
        }
    }
}
