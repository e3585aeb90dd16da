/** The load generator: WebSocket clients by the ten thousand in one thread. It needs nothing but the JDK. */
package platform.core.bench.load;
