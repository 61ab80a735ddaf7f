/**
 * Who may have which name: the zones' claims, and the ledger's first come, first served.
 *
 * <p>Owners come in with the names they want, rulings go out: granted, or denied with a sentence that says who holds the name or
 * which names the namespace may take.
 *
 * <p>The rule kept here: a name is held in the ledger before anybody publishes it.
 */
package cloud.pxc.operator.claim;
