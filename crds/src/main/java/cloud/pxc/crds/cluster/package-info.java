/**
 * A Proxmox VE cluster as people declare it: how to reach it, what of it may be used, which images it has to hold.
 *
 * <p>The spec comes from the platform team; the status tells version, quorum, nodes, storages and images.
 *
 * <p>The rule kept here: the cloud domain never changes, for every name below it would.
 */
package cloud.pxc.crds.cluster;
