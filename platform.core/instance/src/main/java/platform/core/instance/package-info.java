/**
 * What an instance runs on, be it in the platform's own process or in one of its app's: its executor and the scope of its code.
 * Whoever starts instances carries these classes inside.
 */
package platform.core.instance;
