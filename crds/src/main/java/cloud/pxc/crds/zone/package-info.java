/**
 * A DNS zone on name servers of one's own, and who may take which names in it.
 *
 * <p>The spec comes from the platform team; the status tells serial, records, claims and drift.
 *
 * <p>The rule kept here: a zone is where it is; another name server is another zone.
 */
package cloud.pxc.crds.zone;
