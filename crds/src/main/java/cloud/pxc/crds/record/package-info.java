/**
 * Records that a tenant wants beyond those of Ingresses and Machines.
 *
 * <p>The spec comes from the tenant; the status says whether the name is theirs and since which serial it is visible.
 *
 * <p>The rule kept here: a record's name and type are its identity.
 */
package cloud.pxc.crds.record;
