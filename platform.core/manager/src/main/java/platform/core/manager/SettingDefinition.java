package platform.core.manager;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.ObjectClassDefinition;
import platform.core.api.Setting;
import platform.core.api.SettingBounds;
import platform.core.api.SettingType;

/**
 * What can be set for one PID, as its bundle declares it (OSGi Metatype).
 *
 * @param pid of the configuration, or of all of this kind
 * @param factory whether there can be several of this kind
 * @param settings none of which is set
 */
record SettingDefinition(String pid, boolean factory, String name, String description, List<Setting> settings) {

    static SettingDefinition of(String pid, boolean factory, ObjectClassDefinition declared, DeclaredBounds bounds) {
        List<Setting> settings = Arrays.stream(declared.getAttributeDefinitions(ObjectClassDefinition.ALL))
                .map(it -> setting(it, bounds.find(declared, it.getID())))
                .toList();
        return new SettingDefinition(pid, factory, declared.getName(), text(declared.getDescription()), settings);
    }

    private static Setting setting(AttributeDefinition declared, Optional<SettingBounds> bounds) {
        String[] options = declared.getOptionValues();
        String[] defaults = declared.getDefaultValue();
        return new Setting(
                declared.getID(),
                declared.getName(),
                text(declared.getDescription()),
                type(declared.getType()),
                options == null ? List.of() : List.of(options),
                bounds,
                defaults == null ? "" : String.join(",", defaults),
                false,
                Optional.empty());
    }

    private static SettingType type(int type) {
        return switch (type) {
            case AttributeDefinition.PASSWORD -> SettingType.SECRET;
            case AttributeDefinition.BOOLEAN -> SettingType.TRUTH;
            case AttributeDefinition.INTEGER, AttributeDefinition.LONG -> SettingType.WHOLE_NUMBER;
            default -> SettingType.TEXT;
        };
    }

    private static String text(String description) {
        return description == null ? "" : description;
    }
}
