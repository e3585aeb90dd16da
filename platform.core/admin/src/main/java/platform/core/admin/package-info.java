/** What administrators meet in a browser: the page at the root and the login of the web console. */
package platform.core.admin;
