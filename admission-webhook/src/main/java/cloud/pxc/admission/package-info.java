/**
 * Admission: who may take which name.
 *
 * <p>Reviews of Ingresses and DnsRecords come in from the API server; a decision goes out, and what is admitted is reserved in the
 * ledger until the operator holds it. Zones and namespaces come from watches.
 *
 * <p>The rule kept here: only what is new in an object is judged. An outage of the ledger holds up new names, never a deletion and
 * never a change that is about something else.
 */
package cloud.pxc.admission;
