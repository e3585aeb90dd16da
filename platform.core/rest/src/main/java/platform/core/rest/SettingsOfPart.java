package platform.core.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import platform.core.api.Setting;
import platform.core.api.SettingBounds;
import platform.core.api.SettingGroup;

/** What can be set about a part of the platform: its file in {@code etc}. */
@Schema(name = "SettingGroup", description = "What can be set about a part of the platform: its file in etc.")
record SettingsOfPart(
        @Schema(required = true) String pid,
        @Schema(required = true) String name,
        @Schema(required = true) String description,
        @Schema(required = true) List<One> settings,

        @Schema(required = true, description = "Keys in the file that mean nothing: typing errors, most likely.")
        List<String> unknown) {

    /** A setting. */
    @Schema(name = "Setting", description = "A setting.")
    record One(
            @Schema(required = true) String key,
            @Schema(required = true) String name,
            @Schema(required = true) String description,

            @Schema(required = true, description = "text, secret, whole number, truth")
            String type,

            @Schema(required = true, description = "The only values that it takes; empty when it takes others, too.")
            List<String> options,

            @Schema(description = "The least that a number may be; absent where there are no bounds.")
            Long min,

            @Schema(description = "The most that it may be.")
            Long max,

            @Schema(required = true, description = "What holds where nothing is set.")
            String standard,

            @Schema(required = true) boolean given,

            @Schema(description = "Absent when nothing is set, and always of a secret.")
            String value) {

        static One of(Setting setting) {
            return new One(
                    setting.key(),
                    setting.name(),
                    setting.description(),
                    setting.type().toString(),
                    setting.options(),
                    setting.bounds().map(SettingBounds::min).orElse(null),
                    setting.bounds().map(SettingBounds::max).orElse(null),
                    setting.standard(),
                    setting.given(),
                    setting.value().orElse(null));
        }
    }

    static SettingsOfPart of(SettingGroup group) {
        return new SettingsOfPart(
                group.pid(),
                group.name(),
                group.description(),
                group.settings().stream().map(One::of).toList(),
                group.unknown());
    }
}
