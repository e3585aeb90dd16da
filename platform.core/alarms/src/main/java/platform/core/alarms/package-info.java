/** Tells alarms to others: by HTTP POST, e-mail and syslog. */
package platform.core.alarms;
