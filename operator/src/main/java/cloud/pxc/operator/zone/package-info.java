/**
 * DnsZones: made on their primary and secondaries, kept, and removed.
 *
 * <p>The spec and the Secrets it names come in; zones are added over the servers' control channels, the zone's own records are
 * published like everybody's, and serial, records, claims and drift go into the status.
 *
 * <p>The rule kept here: a zone that this operator did not make is never removed.
 */
package cloud.pxc.operator.zone;
