package cloud.pxc.operator.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplicaStepTest {

    @Test
    void copiesAreMadeRefreshedAndRemovedAndTheRestIsLeftAlone() {
        var steps = ReplicaStep.plan(
                Set.of("fresh", "stale", "same"), Map.of("stale", false, "same", true, "unwanted", true));

        assertThat(steps)
                .containsExactlyInAnyOrder(
                        new ReplicaStep.Create("fresh"),
                        new ReplicaStep.Update("stale"),
                        new ReplicaStep.Remove("unwanted"));
    }
}
