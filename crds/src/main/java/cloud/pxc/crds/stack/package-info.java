/**
 * Machines that are deployed together.
 *
 * <p>The spec comes from the team that owns the stack, the status counts its machines and gives its FQDN.
 *
 * <p>The rule kept here: a stack stays on its cluster, and its disks never shrink.
 */
package cloud.pxc.crds.stack;
