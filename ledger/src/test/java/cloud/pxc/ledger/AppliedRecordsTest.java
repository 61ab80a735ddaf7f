package cloud.pxc.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresForTests.class)
class AppliedRecordsTest {

    @Inject
    AppliedRecords records;

    @Inject
    CertificateIssues issues;

    @Inject
    Audit audit;

    private final String zone = UUID.randomUUID() + ".example";

    @Test
    void whatWasPutIsFoundWithEverythingItHas() {
        var pending = new AppliedRecord(
                zone,
                "www." + zone,
                "A",
                300,
                List.of("192.0.2.1", "192.0.2.2"),
                Optional.of(List.of("192.0.2.9")),
                List.of("uid-1", "uid-2"),
                AppliedRecord.State.PENDING,
                Optional.empty());
        var applied = new AppliedRecord(
                zone,
                "www." + zone,
                "TXT",
                60,
                List.of("\"a b\""),
                Optional.empty(),
                List.of(),
                AppliedRecord.State.APPLIED,
                Optional.of(7L));

        records.put(List.of(pending, applied));

        assertThat(records.of(zone)).containsExactlyInAnyOrder(pending, applied);
        assertThat(records.at(zone, List.of("www." + zone))).hasSize(2);
        assertThat(records.at(zone, List.of("other." + zone))).isEmpty();

        records.remove(List.of(pending));

        assertThat(records.of(zone)).containsExactly(applied);
        assertThat(records.count(zone)).isEqualTo(1);
    }

    @Test
    void issuesAreCountedByExactNames() {
        var issuer = zone;
        var owner = new Owner(
                Owner.LOCAL, "team-a", "Certificate", "shop", UUID.randomUUID().toString());
        issues.record(issuer, List.of("b.example", "a.example"), owner, "01");
        issues.record(issuer, List.of("a.example"), owner, "02");

        assertThat(issues.count(issuer, Duration.ofDays(7))).isEqualTo(2);
        assertThat(issues.countOf(issuer, List.of("a.example", "b.example"), Duration.ofDays(7)))
                .isEqualTo(1);
    }

    @Test
    void theAuditTellsTheNewestFirst() {
        var owner = new Owner(
                Owner.LOCAL, "team-a", "Machine", zone, UUID.randomUUID().toString());
        audit.append(owner, 1L, "created", "VM 100 on pve1");
        audit.append(owner, 2L, "destroyed", "VM 100 on pve1");

        assertThat(audit.of(owner, 10)).extracting(AuditEntry::action).containsExactly("destroyed", "created");
    }
}
