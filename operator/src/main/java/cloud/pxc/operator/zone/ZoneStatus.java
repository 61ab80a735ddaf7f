package cloud.pxc.operator.zone;

import cloud.pxc.crds.zone.DnsZone;
import cloud.pxc.crds.zone.DnsZoneStatus;
import cloud.pxc.dns.DnsException;
import cloud.pxc.dns.Serial;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import jakarta.enterprise.context.ApplicationScoped;

/** What is told of a zone. */
@ApplicationScoped
class ZoneStatus {

    private final Conditions conditions;

    ZoneStatus(Conditions conditions) {
        this.conditions = conditions;
    }

    DnsZoneStatus of(DnsZone zone, ZoneFacts facts, boolean created) {
        var before = before(zone);
        var drift = (before.drift() == null ? 0 : before.drift()) + facts.repaired();
        return new DnsZoneStatus(
                zone.getMetadata().getGeneration(),
                conditions.after(before.conditions(), zone.getMetadata().getGeneration(), verdict(zone, facts)),
                facts.serial().map(Serial::value).orElse(null),
                (int) facts.records(),
                (int) facts.claims(),
                drift,
                (facts.servers() - facts.behind().size()) + "/" + facts.servers(),
                created);
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
        var reason =
                switch (failure) {
                    case DnsException.Unreachable unreachable -> ZoneReason.ServerUnreachable;
                    case DnsException.NotAuthenticated refused -> ZoneReason.KeyRefused;
                    case DnsException refused -> ZoneReason.ServerRefused;
                    default -> ZoneReason.LedgerUnavailable;
                };
        return with(zone, new Verdict.Failing(reason, failure.getMessage()));
    }

    private static Verdict verdict(DnsZone zone, ZoneFacts facts) {
        var name = zone.getMetadata().getName();
        if (facts.serial().isEmpty()) {
            return new Verdict.Failing(
                    ZoneReason.ServerRefused,
                    "the primary does not serve zone " + name
                            + "; give spec.primary.control so that it can be made there, or add it by hand");
        }
        if (!facts.behind().isEmpty()) {
            return new Verdict.Progressing(ZoneReason.SecondaryBehind, String.join("; ", facts.behind()));
        }
        return DnsZoneReconciler.verdict(
                facts.publication(), "zone " + name + " is served by all " + facts.servers() + " name servers");
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
