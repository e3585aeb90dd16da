package platform.core.rest;

import java.util.function.Consumer;

/** What a call does. It says how far it is by words that it hands over, and returns what the call answers with; may be null. */
@FunctionalInterface
interface Work {

    Object run(Consumer<String> progress);
}
