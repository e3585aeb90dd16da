/** The servers that ours is compared with, each written as its own project's documentation does. */
package platform.core.bench.server;
