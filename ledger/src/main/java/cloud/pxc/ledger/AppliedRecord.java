package cloud.pxc.ledger;

import java.util.List;
import java.util.Optional;

/**
 * An RRset that the operator has written into a zone, or is about to.
 *
 * @param name fully qualified, in lower case, without a dot at the end
 * @param type for example {@code A}
 * @param ttl seconds
 * @param values in presentation form; none while the RRset is about to be removed
 * @param previous what it held before the change under way; empty where it is new
 * @param owners uids of the objects that want it
 * @param serial of the zone with which it was applied
 */
public record AppliedRecord(
        String zone,
        String name,
        String type,
        long ttl,
        List<String> values,
        Optional<List<String>> previous,
        List<String> owners,
        State state,
        Optional<Long> serial) {

    /** How sure it is. */
    public enum State {
        /** The server was, or was about to be, asked; it may hold the previous values or these. */
        PENDING,
        /** The server has said yes. */
        APPLIED
    }

    public AppliedRecord {
        values = List.copyOf(values);
        previous = previous.map(List::copyOf);
        owners = List.copyOf(owners);
    }
}
