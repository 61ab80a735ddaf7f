/**
 * Benchmarks of machines: the operator as people install it, on a simulated Proxmox VE whose tasks take time.
 *
 * <p>Each class measures one thing and comes back with {@link cloud.pxc.e2e.bench.Figure}s; {@link
 * cloud.pxc.e2e.bench.ProxmoxSuites} names them. What a figure is held against is computed or measured beside it, in the same run.
 *
 * <p>The rule kept here: everything is measured from outside: from what Kubernetes tells, and from the calls that Proxmox is asked.
 */
package cloud.pxc.e2e.bench;
