/**
 * Client of the Proxmox VE API ({@code /api2/json}) with an API token.
 *
 * <p>Guests, settings and files flow in; what there is flows out, tasks by their {@link cloud.pxc.proxmox.Upid}, and every
 * failure comes as one of the kinds of {@link cloud.pxc.proxmox.ProxmoxException}, of a call and of a task alike, told apart by
 * what the caller can do about it.
 *
 * <p>The rule kept here: one call is one request that changes anything. Nothing waits for a task, and what may have been
 * carried out is never sent again; only the caller can look whether it was.
 */
package cloud.pxc.proxmox;
