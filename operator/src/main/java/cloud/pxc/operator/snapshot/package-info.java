/**
 * MachineSnapshots: taken of a machine's guest, rolled back to, deleted.
 *
 * <p>What Proxmox has of the guest and what the status notes come in, one next step comes out and is done, and the status says how far it is.
 *
 * <p>The rule kept here: only the guest that carries its Machine's owner tag is touched, and of its snapshots only the one whose name was
 * noted before it was taken.
 */
package cloud.pxc.operator.snapshot;
