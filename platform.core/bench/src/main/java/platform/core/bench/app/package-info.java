/** The app by which the platform itself is measured. Its jar is this module's; only this package is used of it there. */
package platform.core.bench.app;
