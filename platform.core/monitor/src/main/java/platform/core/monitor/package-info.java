/** Tells others what is measured: Prometheus, which asks, and collectors of OpenTelemetry, which are sent it. */
package platform.core.monitor;
