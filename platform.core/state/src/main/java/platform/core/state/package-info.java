/**
 * The platform's state as one document: read, compared, brought about.
 */
package platform.core.state;
