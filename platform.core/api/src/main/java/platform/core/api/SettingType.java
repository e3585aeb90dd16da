package platform.core.api;

import java.util.Locale;

/** What a setting takes. */
public enum SettingType {
    TEXT,
    /** A text that nobody is shown. */
    SECRET,
    WHOLE_NUMBER,
    /** {@code true} or {@code false}. */
    TRUTH;

    /** In lower case, as it is shown. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
