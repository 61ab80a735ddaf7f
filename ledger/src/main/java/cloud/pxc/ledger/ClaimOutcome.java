package cloud.pxc.ledger;

import java.time.Instant;

/** What became of the wish for a name. */
public sealed interface ClaimOutcome {

    String fqdn();

    /** The name is the owner's. */
    record Granted(String fqdn) implements ClaimOutcome {}

    /** Somebody else was there first; nothing was changed for this name. */
    record HeldBy(String fqdn, Owner holder, Instant since) implements ClaimOutcome {}
}
