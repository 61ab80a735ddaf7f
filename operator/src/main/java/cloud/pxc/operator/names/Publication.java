package cloud.pxc.operator.names;

import cloud.pxc.dns.Serial;
import java.time.Duration;

/** How far the wishes of one owner are. */
public sealed interface Publication {

    /** On the way to the servers. */
    record Pending(String message) implements Publication {}

    /**
     * Every name is answered by every name server of its zone.
     *
     * @param serial of the zone at which the last of them became visible
     * @param servers how many answer
     * @param after from the wish to the last server's answer
     */
    record Live(Serial serial, int servers, Duration after) implements Publication {}

    /** Somebody else is there, or no such name can be; nothing was written. Looked at again when that may have changed. */
    record Refused(String message) implements Publication {}

    /** Servers or the ledger can't be reached or refuse the operator; tried again by itself. */
    record Failing(String message) implements Publication {}
}
