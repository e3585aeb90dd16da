package platform.core.appsocket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;

/** How JSON is read and written here: strictly, and within limits. */
final class Json {

    static final int DEPTH = 64;

    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(400)
                    .build())
            // Two fields of one name could be read in one way and hashed in another.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The names come from strangers and must not stay in the memory.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private Json() {}
}
