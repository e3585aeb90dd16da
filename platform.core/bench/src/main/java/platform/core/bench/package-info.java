/** Measures the platform's WebSockets beside those of other servers, each in a process of its own, in one run. */
package platform.core.bench;
