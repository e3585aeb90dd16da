/** Log files by Logback: the platform's own and one for each service. */
package platform.tracing.logback;
