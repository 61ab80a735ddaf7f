/**
 * Machines: one guest of Proxmox each, from its leases to its destruction.
 *
 * <p>Machines come in from their Stack, calls go out one step a pass, and what was intended stands in the status before it is
 * done, so that a pass after a crash finds it again.
 *
 * <p>The rule kept here: a guest is ours if its VMID is leased to the Machine and it carries the Machine's owner tag. One that is
 * not is never touched.
 */
package cloud.pxc.operator.machine;
