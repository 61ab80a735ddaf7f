package cloud.pxc.operator.stack;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.Stack;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StackPlanTest {

    private static final String FQDN = "shop.cloud.example.org";

    @Test
    void eachReplicaOfEachSetIsMadeOnceWithANameOfItsOwn() {
        var plan = plan(stack("{name: web, replicas: 2, image: a}", "{name: db, replicas: 1, image: b}"));

        assertThat(plan.create().keySet()).containsExactly("shop-db-0", "shop-web-0", "shop-web-1");
        assertThat(plan.create().values())
                .extracting(MachineSpec::hostname)
                .allMatch(name -> name.matches("(web|db)-[a-z]+-[a-z]+\\.shop\\.cloud\\.example\\.org"))
                .doesNotHaveDuplicates();
        assertThat(plan.create().get("shop-web-1"))
                .extracting(MachineSpec::set, MachineSpec::ordinal, MachineSpec::image, MachineSpec::stack)
                .containsExactly("web", 1, "a", "shop");
        assertThat(plan.change()).isEmpty();
        assertThat(plan.remove()).isEmpty();
    }

    @Test
    void whatIsThereAsWantedIsLeftAlone() {
        var stack = stack("{name: web, replicas: 2, image: a}");

        var again = plan(stack, machines(plan(stack)));

        assertThat(again).isEqualTo(new StackPlan(Map.of(), Map.of(), List.of()));
    }

    @Test
    void aChangeOfTheSetChangesItsMachinesAndKeepsTheirNames() {
        var before = machines(plan(stack("{name: web, replicas: 2, image: a}")));

        var plan = plan(stack("{name: web, replicas: 2, image: a, cores: 4}"), before);

        assertThat(plan.create()).isEmpty();
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.change().keySet()).containsExactly("shop-web-0", "shop-web-1");
        assertThat(plan.change().get("shop-web-0").cores()).isEqualTo(4);
        assertThat(plan.change().get("shop-web-0").hostname())
                .isEqualTo(before.getFirst().getSpec().hostname());
    }

    @Test
    void fewerReplicasRemoveTheNewest() {
        var before = machines(plan(stack("{name: web, replicas: 4, image: a}")));

        assertThat(plan(stack("{name: web, replicas: 2, image: a}"), before).remove())
                .containsExactly("shop-web-3", "shop-web-2");
    }

    @Test
    void aSetThatIsNotDeclaredAnyMoreIsRemoved() {
        var before = machines(plan(stack("{name: web, replicas: 1, image: a}", "{name: db, replicas: 1, image: a}")));

        assertThat(plan(stack("{name: db, replicas: 1, image: a}"), before).remove())
                .containsExactly("shop-web-0");
    }

    @Test
    void oneThatIsBeingDeletedIsNeitherChangedNorRemovedNorReplacedYet() {
        var before = machines(plan(stack("{name: web, replicas: 1, image: a}")));
        before.getFirst().getMetadata().setDeletionTimestamp("2026-11-24T12:00:00Z");

        assertThat(plan(stack("{name: web, replicas: 1, image: a, cores: 4}"), before))
                .isEqualTo(new StackPlan(Map.of(), Map.of(), List.of()));
        assertThat(plan(stack("{name: web, replicas: 0, image: a}"), before).remove())
                .isEmpty();
    }

    @Test
    void thePolicyOfTheStackReachesItsMachines() {
        var stack = stack("{name: web, replicas: 1, image: a}");
        var retained = Serialization.unmarshal(
                Serialization.asYaml(stack).replace("spec:", "spec:\n  deletionPolicy: Retain"), Stack.class);

        assertThat(plan(retained, machines(plan(stack)))
                        .change()
                        .get("shop-web-0")
                        .deletionPolicy())
                .isEqualTo(DeletionPolicy.Retain);
    }

    @Property(tries = 100)
    void whateverChangesTheMachinesBecomeWhatIsDeclaredAndNoNameIsUsedTwice(
            @ForAll @Size(max = 6) List<@IntRange(max = 12) Integer> sizes) {
        var machines = new HashMap<String, Machine>();
        for (var replicas : sizes) {
            var stack = stack("{name: web, replicas: " + replicas + ", image: a}", "{name: db, replicas: 1, image: a}");

            var plan = plan(stack, List.copyOf(machines.values()));

            plan.remove().forEach(machines::remove);
            plan.create().forEach((name, spec) -> machines.put(name, machine(name, spec)));
            assertThat(machines).hasSize(replicas + 1);
            assertThat(machines.values().stream()
                            .map(machine -> machine.getSpec().hostname()))
                    .doesNotHaveDuplicates();
        }
    }

    private static StackPlan plan(Stack stack) {
        return plan(stack, List.of());
    }

    private static StackPlan plan(Stack stack, List<Machine> machines) {
        return StackPlan.of(stack, FQDN, machines, new PetNames(new Random(1)));
    }

    private static List<Machine> machines(StackPlan plan) {
        var machines = new ArrayList<Machine>();
        plan.create().forEach((name, spec) -> machines.add(machine(name, spec)));
        return machines;
    }

    private static Machine machine(String name, MachineSpec spec) {
        var machine = new Machine();
        machine.setMetadata(new ObjectMetaBuilder().withName(name).build());
        machine.setSpec(spec);
        return machine;
    }

    private static Stack stack(String... sets) {
        return Serialization.unmarshal("""
                apiVersion: pxc.cloud/v1alpha1
                kind: Stack
                metadata: {name: shop, namespace: team-a}
                spec:
                  clusterRef: {name: alpha}
                  machineSets: [%s]
                """.formatted(String.join(", ", sets)), Stack.class);
    }
}
