package cloud.pxc.operator.claim;

import static cloud.pxc.operator.TestZone.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.dns.RecordType;
import cloud.pxc.ledger.HostClaims;
import cloud.pxc.ledger.Owner;
import cloud.pxc.operator.RunningOperator;
import cloud.pxc.operator.TestZone;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.world.World;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was deleted while no operator ran. */
@QuarkusTest
@TestProfile(RunningOperator.class)
class MissedDeletionsTest {

    World world;

    @Inject
    MissedDeletions missed;

    @Inject
    HostClaims claims;

    @ParameterizedTest
    @ValueSource(strings = {"Ingress", "Machine", "DnsRecord", "Certificate"})
    void aNameWhoseHolderIsGoneIsFreeAndGoesToWhoWaitsForIt(String kind) {
        // given
        var zone = new TestZone(world).ready();
        claims.hold(
                new Owner(Owner.LOCAL, "gone", kind, "ghost", TestZone.random("uid-")),
                List.of(zone.name("web").text()));
        var waiting = record(zone);
        await().atMost(SOON).until(() -> reason(waiting), "NameDenied"::equals);

        // when
        missed.sweep();

        // then
        await().atMost(SOON).until(() -> reason(waiting), "Live"::equals);
        zone.awaitValues("web", RecordType.A, "192.0.2.1");
    }

    @Test
    void whatIsThereKeepsItsNames() {
        // given
        var zone = new TestZone(world).ready();
        var web = record(zone);
        await().atMost(SOON).until(() -> reason(web), "Live"::equals);

        // when
        missed.sweep();

        // then
        assertThat(claims.holders(List.of(zone.name("web").text())))
                .containsKey(zone.name("web").text());
        zone.awaitValues("web", RecordType.A, "192.0.2.1");
    }

    private Resource<DnsRecord> record(TestZone zone) {
        var record = world.controlPlane()
                .admin()
                .resource(Serialization.unmarshal(
                        """
                        apiVersion: pxc.cloud/v1alpha1
                        kind: DnsRecord
                        metadata: {name: %s, namespace: default}
                        spec: {fqdn: %s, type: A, values: [192.0.2.1]}
                        """.formatted(TestZone.random("web-"), zone.name("web")), DnsRecord.class));
        record.create();
        return record;
    }

    private static String reason(Resource<DnsRecord> record) {
        var status = record.get().getStatus();
        return status == null
                ? ""
                : Conditions.find(status.conditions(), Conditions.READY)
                        .map(ready -> ready.getReason())
                        .orElse("");
    }
}
