package cloud.pxc.operator.record;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.ledger.LedgerUnavailable;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.claim.Claims;
import cloud.pxc.operator.names.Names;
import cloud.pxc.operator.status.Events;
import cloud.pxc.operator.status.Verdict;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/** Takes leave of records whose objects are being deleted: the name is free once no server answers it any more. */
@ApplicationScoped
class RecordDeparture {

    /** Its end is told by the writer of the zone; this is for what is in its way. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Names names;
    private final Claims claims;
    private final RecordStatus status;
    private final Events events;

    RecordDeparture(Names names, Claims claims, RecordStatus status, Events events) {
        this.names = names;
        this.claims = claims;
        this.status = status;
        this.events = events;
    }

    DeleteControl next(DnsRecord record, Context<DnsRecord> pass) {
        var owner = DnsRecordReconciler.owner(record);
        names.withdraw(owner);
        if (!names.isWithdrawn(owner)) {
            return names.hindrance(owner)
                    .map(why -> blocked(record, why, pass))
                    .orElseGet(() -> DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOK_AGAIN.toMillis()));
        }
        try {
            claims.release(owner);
            return DeleteControl.defaultDelete();
        } catch (LedgerUnavailable e) {
            return blocked(record, e.getMessage(), pass);
        }
    }

    private DeleteControl blocked(DnsRecord record, String why, Context<DnsRecord> pass) {
        if (Steering.isForced(record)) {
            events.warning(
                    record,
                    "LeftBehind",
                    "Let go by force; " + record.getSpec().fqdn() + " may be left on the name servers: " + why);
            return DeleteControl.defaultDelete();
        }
        var verdict = new Verdict.Failing(
                RecordReason.Deleting,
                record.getSpec().fqdn() + " is not removed yet: " + why
                        + "; it is tried again by itself, or set the annotation pxc.cloud/force-delete=true to leave it");
        status.write(record, status.of(record, verdict, Optional.empty()), pass);
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(LOOK_AGAIN.toMillis());
    }
}
