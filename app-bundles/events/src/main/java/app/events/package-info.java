/** Keeps the alarms and events of many platforms, and shows them live. */
package app.events;
