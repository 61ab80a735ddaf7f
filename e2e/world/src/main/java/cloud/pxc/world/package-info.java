/**
 * The world to run in: a real Kubernetes API server, BIND, an ACME CA, PostgreSQL, and a simulated Proxmox VE.
 *
 * <p>Tests, the demo and people ask a {@link cloud.pxc.world.World} for the parts they want; each is a real process on free
 * ports of 127.0.0.1, and is handed out with its addresses and keys.
 *
 * <p>The rule kept here: nothing outlives the JVM that started it, however that ends.
 */
package cloud.pxc.world;
