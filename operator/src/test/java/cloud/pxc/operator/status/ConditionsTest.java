package cloud.pxc.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

    private enum Why implements Reason {
        Healthy,
        Unreachable,
        NameHeld,
        TaskRunning
    }

    private static final Instant NOW = Instant.parse("2026-11-24T05:00:00Z");

    private final Conditions now = new Conditions(Clock.fixed(NOW, ZoneOffset.UTC));
    private final Conditions later = new Conditions(Clock.fixed(NOW.plus(Duration.ofMinutes(5)), ZoneOffset.UTC));

    @Test
    void readyStandsAlone() {
        var conditions = now.after(null, 1L, new Verdict.Ready(Why.Healthy, "all is well"));

        assertThat(conditions)
                .extracting(Condition::getType, Condition::getStatus)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Ready", "True"));
    }

    @Test
    void aFailureIsNotReadyAndReconciling() {
        var conditions = now.after(List.of(), 2L, new Verdict.Failing(Why.Unreachable, "no answer; check the address"));

        assertThat(Conditions.isReady(conditions)).isFalse();
        assertThat(Conditions.find(conditions, "Reconciling"))
                .hasValueSatisfying(
                        condition -> assertThat(condition.getStatus()).isEqualTo("True"));
        assertThat(Conditions.find(conditions, "Stalled")).isEmpty();
    }

    @Test
    void stalledReplacesReconciling() {
        var before = now.after(null, 1L, new Verdict.Progressing(Why.TaskRunning, "cloning"));

        var after = later.after(before, 1L, new Verdict.Stalled(Why.NameHeld, "choose another name"));

        assertThat(after).extracting(Condition::getType).containsExactly("Ready", "Stalled");
    }

    @Test
    void anUnchangedStateIsEqualToTheOneBefore() {
        var before = now.after(null, 1L, new Verdict.Progressing(Why.TaskRunning, "cloning"));

        var after = later.after(before, 1L, new Verdict.Progressing(Why.TaskRunning, "cloning"));

        assertThat(after).isEqualTo(before);
    }

    @Test
    void theTransitionTimeMovesWithTheStatus() {
        var before = now.after(null, 1L, new Verdict.Progressing(Why.TaskRunning, "cloning"));

        var after = later.after(before, 1L, new Verdict.Ready(Why.Healthy, "running"));

        assertThat(Conditions.find(after, "Ready"))
                .hasValueSatisfying(condition ->
                        assertThat(condition.getLastTransitionTime()).isEqualTo("2026-11-24T05:05:00Z"));
    }

    @Test
    void conditionsOfOtherTypesAreKept() {
        var own = new ConditionBuilder().withType("Issuing").withStatus("True").build();

        var after = now.after(List.of(own), 1L, new Verdict.Ready(Why.Healthy, "issued"));

        assertThat(after).contains(own);
    }
}
