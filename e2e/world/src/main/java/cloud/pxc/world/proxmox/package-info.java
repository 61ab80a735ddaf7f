/**
 * A simulated Proxmox VE cluster: its HTTPS API over state that is kept while it runs, true to the recorded answers of
 * the real one.
 *
 * <p>Requests come in as real bytes over TLS and go out as the real API would answer them: status, reason phrase, body,
 * tasks,
 * locks and quirks; tests look inside and break things through {@link cloud.pxc.world.proxmox.SimulatedProxmox}.
 *
 * <p>The rule: nothing is invented. What the real API is not known to do is answered 501, and every behaviour that is
 * known
 * stands as a conformance case that is replayed against this package.
 */
package cloud.pxc.world.proxmox;
