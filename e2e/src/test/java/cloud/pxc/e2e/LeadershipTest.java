package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Only the holder of the Lease acts. */
@ExtendWith(InCloud.class)
class LeadershipTest {

    private static final Duration QUICKLY = Duration.ofSeconds(6);

    @Test
    void anOperatorThatIsAskedToEndDoesSoAtOnce(Cloud cloud) {
        // when
        var start = System.nanoTime();
        cloud.operator().stop();
        var took = Duration.ofNanos(System.nanoTime() - start);

        cloud.operator().start();

        // then
        assertThat(took).isLessThan(QUICKLY);
    }

    @Test
    void anOperatorThatLosesTheLeaseEnds(Cloud cloud) {
        try {
            // when
            lease(cloud).edit(lease -> {
                lease.getSpec().setHolderIdentity("another");
                lease.getSpec().setLeaseDurationSeconds(1);
                lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
                return lease;
            });

            // then
            await().atMost(Duration.ofSeconds(20)).until(() -> !cloud.operator().isAlive());
        } finally {
            cloud.operator().start();
        }

        // then
        await().until(() -> holder(cloud).equals("pxc-operator-0"));
    }

    @Test
    void theLeaseGoesWithTheServiceAccountOfTheChart(Cloud cloud) {
        var account = cloud.admin()
                .serviceAccounts()
                .inNamespace(Cloud.NAMESPACE)
                .withName("pxc-operator")
                .get();

        await().untilAsserted(() -> assertThat(lease(cloud).get().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> {
                    assertThat(owner.getKind()).isEqualTo("ServiceAccount");
                    assertThat(owner.getUid()).isEqualTo(account.getMetadata().getUid());
                }));
    }

    private static String holder(Cloud cloud) {
        var holder = lease(cloud).get().getSpec().getHolderIdentity();
        return holder == null ? "" : holder;
    }

    private static io.fabric8.kubernetes.client.dsl.Resource<Lease> lease(Cloud cloud) {
        return cloud.admin().resources(Lease.class).inNamespace(Cloud.NAMESPACE).withName("pxc-operator");
    }
}
