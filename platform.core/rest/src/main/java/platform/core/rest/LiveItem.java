package platform.core.rest;

import java.util.function.Predicate;
import platform.core.api.Caller;

/**
 * Something that somebody can be told of.
 *
 * @param id which one of its topic it is
 * @param seenBy who may know of it
 * @param value how it is now
 */
record LiveItem(String id, Predicate<Caller> seenBy, Object value) {}
