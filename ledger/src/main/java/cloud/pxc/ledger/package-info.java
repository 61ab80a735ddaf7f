/**
 * What must be unique across clusters, processes and crashes: names, VMIDs, addresses, stack FQDNs; and what the operator has
 * written into the outside world.
 *
 * <p>Owners come in with what they want, the answer says whether it is theirs or who holds it. Everything is in PostgreSQL, under
 * unique constraints, one transaction a call.
 *
 * <p>The rule kept here: something is taken in the ledger before the outside world is touched, and let go after it is undone there.
 */
package cloud.pxc.ledger;
