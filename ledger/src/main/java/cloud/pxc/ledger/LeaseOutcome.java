package cloud.pxc.ledger;

/** What became of the wish for a lease. */
public sealed interface LeaseOutcome {

    /** The value is the owner's until it is let go. */
    record Leased(String value) implements LeaseOutcome {}

    /** Every candidate is taken. */
    record Exhausted(String pool, int candidates) implements LeaseOutcome {}
}
