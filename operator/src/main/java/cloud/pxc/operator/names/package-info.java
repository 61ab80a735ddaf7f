/**
 * Makes names true: every source (Ingresses, Machines, DnsRecords, zones, challenges) says who wants which name to point where,
 * and one writer per zone makes it so.
 *
 * <p>Wishes come in, signed updates go out to the primary, publications (live on how many servers, or why not) come back. What
 * is written is noted in the ledger before and after.
 *
 * <p>The rule kept here: records that the operator did not write are never changed, and a record goes only when every object
 * that wanted it has been heard or is gone.
 */
package cloud.pxc.operator.names;
