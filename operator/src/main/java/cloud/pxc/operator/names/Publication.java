package cloud.pxc.operator.names;

import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Serial;
import cloud.pxc.ledger.LedgerUnavailable;
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
    record Failing(Cause cause, String message) implements Publication {}

    /** What fails. */
    enum Cause {
        /** A name server does not answer. */
        UNREACHABLE,
        /** It does not take the operator's key. */
        KEY_REFUSED,
        /** It answers, and does not do it. */
        SERVER_REFUSED,
        /** The ledger is away. */
        LEDGER,
        /** The operator itself. */
        OPERATOR;

        static Cause of(RuntimeException failure) {
            return switch (failure) {
                case DnsException.Unreachable unreachable -> UNREACHABLE;
                case DnsException.NotAuthenticated refused -> KEY_REFUSED;
                case DnsException refused -> SERVER_REFUSED;
                case LedgerUnavailable away -> LEDGER;
                default -> OPERATOR;
            };
        }
    }
}
