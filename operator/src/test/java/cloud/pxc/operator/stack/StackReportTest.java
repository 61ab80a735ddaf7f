package cloud.pxc.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.machine.MachineReason;
import cloud.pxc.operator.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StackReportTest {

    private static final StackPlan NOTHING = changing(Map.of());

    private final StackReport report = new StackReport(new Conditions(Clock.systemUTC()));
    private final Stack stack = Serialization.unmarshal("""
            apiVersion: pxc.cloud/v1alpha1
            kind: Stack
            metadata: {name: shop, namespace: team-a, generation: 2}
            spec:
              clusterRef: {name: alpha}
              machineSets: [{name: web, replicas: 2, image: debian-12}]
            """, Stack.class);

    @Test
    void aStackIsReadyOnceEveryMachineIsAsItIsDeclaredNow() {
        var there = List.of(machine(0, 1, "True", "Running"), machine(1, 1, "True", "RestartNeeded"));

        assertThat(ready(there, NOTHING))
                .extracting(Condition::getStatus, Condition::getReason, Condition::getMessage)
                .containsExactly("True", "Running", "all 2 machines run");
        assertThat(report.of(stack, "f", there, NOTHING).machines()).isEqualTo("2/2");
    }

    @Test
    void whatIsStoppedAsDeclaredIsNotSaidToRun() {
        var runs = machine(0, 1, "True", "Running");
        var stands = stopped(machine(1, 1, "True", "MoveRefused"));

        assertThat(ready(List.of(runs, stands), NOTHING).getMessage())
                .isEqualTo("1 of 2 machines run, 1 stopped as declared");
        assertThat(ready(List.of(stopped(machine(0, 1, "True", "Stopped")), stands), NOTHING)
                        .getMessage())
                .isEqualTo("all 2 machines are stopped, as declared");
    }

    @Test
    void whatAMachineSaysOfItsOldSpecDoesNotCount() {
        var changed = machine(1, 1, "True", "Running");
        changed.getMetadata().setGeneration(2L);

        assertThat(ready(List.of(machine(0, 1, "True", "Running"), changed), NOTHING))
                .extracting(Condition::getStatus, Condition::getReason)
                .containsExactly("False", "Progressing");
    }

    @Test
    void whatIsBeingChangedIsNotReadyAlthoughTheMachinesDoNotKnowYet() {
        var there = List.of(machine(0, 1, "True", "Running"), machine(1, 1, "True", "Running"));
        var plan = changing(Map.of("shop-web-0", there.getFirst().getSpec()));

        assertThat(ready(there, plan))
                .extracting(Condition::getStatus, Condition::getMessage)
                .containsExactly("False", "changing 1 machine");
    }

    @Test
    void machinesThatFailAreNamedBeforeThoseOnTheirWay() {
        var verdict = ready(
                List.of(machine(0, 1, "False", "Creating"), machine(1, 1, "False", MachineReason.NoRoom.name())),
                NOTHING);

        assertThat(verdict)
                .extracting(Condition::getReason, Condition::getMessage)
                .containsExactly("MachineFailing", "shop-web-1: it is so");
    }

    @Test
    void missingAndSuperfluousMachinesAreCounted() {
        assertThat(ready(List.of(), NOTHING).getMessage()).isEqualTo("making 2 machines");
        assertThat(ready(
                                List.of(
                                        machine(0, 1, "True", "Running"),
                                        machine(1, 1, "True", "Running"),
                                        machine(2, 1, "True", "Running")),
                                NOTHING)
                        .getMessage())
                .isEqualTo("removing 1 machine");
    }

    private static StackPlan changing(Map<String, MachineSpec> change) {
        return new StackPlan(Map.of(), change, List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    private Condition ready(List<Machine> machines, StackPlan plan) {
        return Conditions.find(
                        report.of(stack, "shop.cloud.example.org", machines, plan)
                                .conditions(),
                        Conditions.READY)
                .orElseThrow();
    }

    private static Machine stopped(Machine machine) {
        var yaml = Serialization.asYaml(machine).replace("status:\n", "status:\n  phase: Stopped\n");
        return Serialization.unmarshal(yaml, Machine.class);
    }

    private static Machine machine(int ordinal, long observed, String status, String reason) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Machine
                metadata: {name: shop-web-%1$d, namespace: team-a, generation: 1}
                spec: {stack: shop, set: web, ordinal: %1$d, hostname: web-%1$d.shop.cloud.example.org}
                status:
                  observedGeneration: %2$d
                  conditions:
                    - {type: Ready, status: "%3$s", reason: %4$s, message: it is so, observedGeneration: %2$d}
                """.formatted(ordinal, observed, status, reason), Machine.class);
    }
}
