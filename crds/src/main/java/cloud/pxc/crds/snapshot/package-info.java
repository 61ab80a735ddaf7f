/**
 * Snapshots of machines: what their disks, and where that is wanted their memory, held at one moment.
 *
 * <p>The spec says of which machine; the status says under which name Proxmox VE has it, since when, and which rollback was done last.
 *
 * <p>The rule kept here: what a snapshot is of never changes.
 */
package cloud.pxc.crds.snapshot;
