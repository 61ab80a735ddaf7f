package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneStatus;
import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Fqdn;
import cloud.pxc.dns.Serial;
import cloud.pxc.operator.names.Publication;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.StatusWrites;
import cloud.pxc.operator.status.Verdict;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;

/** What is told of a zone. */
@ApplicationScoped
class ZoneStatus {

    private final Conditions conditions;
    private final StatusWrites writes;

    ZoneStatus(Conditions conditions, StatusWrites writes) {
        this.conditions = conditions;
        this.writes = writes;
    }

    void write(DnsZone zone, DnsZoneStatus after, Context<DnsZone> pass) {
        writes.write(zone, after, new DnsZone(), pass);
    }

    DnsZoneStatus of(DnsZone zone, ZoneFacts facts, Provision provision, Publication publication) {
        var before = before(zone);
        var drift = (before.drift() == null ? 0 : before.drift()) + facts.repaired();
        return new DnsZoneStatus(
                zone.getMetadata().getGeneration(),
                conditions.after(
                        before.conditions(),
                        zone.getMetadata().getGeneration(),
                        verdict(zone, facts, provision, publication)),
                facts.serial().map(Serial::value).orElse(null),
                (int) facts.records(),
                (int) facts.claims(),
                drift,
                (facts.servers() - facts.behind().size()) + "/" + facts.servers(),
                provision.ours().contains(Fqdn.of(zone.getMetadata().getName())));
    }

    DnsZoneStatus paused(DnsZone zone) {
        return with(
                zone,
                new Verdict.Stalled(
                        ZoneReason.Paused,
                        "zone " + zone.getMetadata().getName()
                                + " is left alone while the annotation pxc.cloud/paused is \"true\"; remove it to go on"));
    }

    DnsZoneStatus invalid(DnsZone zone, String message) {
        var reason = message.startsWith("Secret ") ? ZoneReason.SecretMissing : ZoneReason.InvalidSpec;
        return with(zone, new Verdict.Failing(reason, message));
    }

    DnsZoneStatus failing(DnsZone zone, RuntimeException failure) {
        return with(zone, new Verdict.Failing(reason(failure), failure.getMessage()));
    }

    DnsZoneStatus deleting(DnsZone zone, RuntimeException failure) {
        return with(
                zone,
                new Verdict.Failing(
                        ZoneReason.Deleting,
                        failure.getMessage()
                                + "; it is tried again by itself, or set the annotation pxc.cloud/force-delete=true to leave the zone on its servers"));
    }

    private static ZoneReason reason(RuntimeException failure) {
        return switch (failure) {
            case DnsException.Unreachable unreachable -> ZoneReason.ServerUnreachable;
            case DnsException.NotAuthenticated refused -> ZoneReason.KeyRefused;
            case DnsException refused -> ZoneReason.ServerRefused;
            default -> ZoneReason.LedgerUnavailable;
        };
    }

    private static ZoneReason reason(Publication.Cause cause) {
        return switch (cause) {
            case UNREACHABLE -> ZoneReason.ServerUnreachable;
            case KEY_REFUSED -> ZoneReason.KeyRefused;
            case SERVER_REFUSED, OPERATOR -> ZoneReason.ServerRefused;
            case LEDGER -> ZoneReason.LedgerUnavailable;
        };
    }

    private static Verdict verdict(DnsZone zone, ZoneFacts facts, Provision provision, Publication publication) {
        var name = zone.getMetadata().getName();
        if (facts.serial().isEmpty()) {
            return provision.troubles().isEmpty()
                    ? new Verdict.Failing(
                            ZoneReason.ServerRefused,
                            "the primary does not serve zone " + name
                                    + "; give spec.primary.control so that it can be made there, or add it by hand")
                    : trouble(provision);
        }
        if (!facts.behind().isEmpty()) {
            return new Verdict.Progressing(ZoneReason.SecondaryBehind, String.join("; ", facts.behind()));
        }
        var published = verdict(publication, "zone " + name + " is served by all " + facts.servers() + " name servers");
        return provision.troubles().isEmpty() || !(published instanceof Verdict.Ready) ? published : trouble(provision);
    }

    private static Verdict trouble(Provision provision) {
        return new Verdict.Failing(
                reason(provision.troubles().getFirst()),
                provision.troubles().stream()
                        .map(RuntimeException::getMessage)
                        .distinct()
                        .collect(Collectors.joining("; ")));
    }

    private static Verdict verdict(Publication publication, String served) {
        return switch (publication) {
            case Publication.Live live -> new Verdict.Ready(ZoneReason.Served, served);
            case Publication.Pending(var message) -> new Verdict.Progressing(ZoneReason.Publishing, message);
            case Publication.Refused(var message) -> new Verdict.Failing(ZoneReason.RecordRefused, message);
            case Publication.Failing(var cause, var message) -> new Verdict.Failing(reason(cause), message);
        };
    }

    private DnsZoneStatus with(DnsZone zone, Verdict verdict) {
        var before = before(zone);
        return new DnsZoneStatus(
                zone.getMetadata().getGeneration(),
                conditions.after(before.conditions(), zone.getMetadata().getGeneration(), verdict),
                before.serial(),
                before.records(),
                before.claims(),
                before.drift(),
                before.servers(),
                before.created());
    }

    private static DnsZoneStatus before(DnsZone zone) {
        return zone.getStatus() == null
                ? new DnsZoneStatus(null, null, null, null, null, null, null, null)
                : zone.getStatus();
    }
}
