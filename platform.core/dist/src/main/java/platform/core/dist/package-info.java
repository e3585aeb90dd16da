/**
 * The launcher: prepares the data folder, starts the OSGi framework with the bundles of the distribution, says when the
 * platform is up or why it is not, and stops everything in order.
 */
package platform.core.dist;
