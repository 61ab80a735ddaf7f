/**
 * Proxmox VE clusters: connected, watched, checked, and given their images.
 *
 * <p>ProxmoxClusters and their Secrets come in, one poll per cluster and interval goes out, and whoever needs to know of guests and
 * nodes is told what has changed since the last one.
 *
 * <p>The rule kept here: however many machines there are, a quiet cluster costs that one call.
 */
package cloud.pxc.operator.cluster;
