/**
 * One virtual machine or container, made by a Stack.
 *
 * <p>The spec holds everything that is needed to make the guest; the status holds what is known of it, written before and after each call.
 *
 * <p>The rule kept here: what identifies a guest never changes, and disks never shrink.
 */
package cloud.pxc.crds.machine;
