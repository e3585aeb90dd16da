/** The tutorial: an app that uses each thing of the API once. docs/apps.md explains it line by line. */
package app.hello;
