package cloud.pxc.operator.stack;

import static cloud.pxc.operator.stack.StackGiven.FQDN;
import static cloud.pxc.operator.stack.StackGiven.IMAGES;
import static cloud.pxc.operator.stack.StackGiven.annotated;
import static cloud.pxc.operator.stack.StackGiven.leaving;
import static cloud.pxc.operator.stack.StackGiven.machines;
import static cloud.pxc.operator.stack.StackGiven.stack;
import static cloud.pxc.operator.stack.StackGiven.stackWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.Stack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StackPlanTest {

    @Test
    void eachReplicaOfEachSetIsMadeOnceWithANameOfItsOwn() {
        var plan = plan(stack("{name: web, replicas: 2, image: a}", "{name: db, replicas: 1, image: b}"));

        assertThat(plan.create().keySet()).containsExactlyInAnyOrder("shop-db-0", "shop-web-0", "shop-web-1");
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

        assertNothingIsDone(plan(stack, machines(plan(stack))));
    }

    @Test
    void aChangeOfTheSetChangesItsMachinesAndKeepsTheirNames() {
        var before = machines(plan(stack("{name: web, replicas: 2, image: a}")));

        var plan = plan(stack("{name: web, replicas: 2, image: a, cores: 4}"), before);

        assertThat(plan.create()).isEmpty();
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.change().keySet()).containsExactlyInAnyOrder("shop-web-0", "shop-web-1");
        assertThat(plan.change().get("shop-web-0").cores()).isEqualTo(4);
        assertThat(plan.change().get("shop-web-0").hostname())
                .isEqualTo(before.getFirst().getSpec().hostname());
    }

    @Test
    void fewerReplicasRemoveTheHighestNumbers() {
        var before = machines(plan(stack("{name: web, replicas: 4, image: a}")));

        assertThat(names(plan(stack("{name: web, replicas: 2, image: a}"), before)
                        .remove()))
                .containsExactly("shop-web-3", "shop-web-2");
    }

    @Test
    void fewerReplicasRemoveFirstWhatIsAnnotatedSo() {
        // given
        var before = machines(plan(stack("{name: web, replicas: 4, image: a}")));
        annotated(before.get(1), Marks.REMOVE_FIRST, "true");

        // when
        var plan = plan(stack("{name: web, replicas: 2, image: a}"), before);

        // then
        assertThat(names(plan.remove())).containsExactly("shop-web-1", "shop-web-3");
        assertNothingIsDone(plan(stack("{name: web, replicas: 4, image: a}"), before));
    }

    @Test
    void theNumbersOfTheOthersStayAndANewMachineGetsTheLowestThatIsFree() {
        // given
        var before = machines(plan(stack("{name: web, replicas: 4, image: a}")));
        var withGap = List.of(before.get(0), before.get(3));

        // then
        assertNothingIsDone(plan(stack("{name: web, replicas: 2, image: a}"), withGap));
        assertThat(plan(stack("{name: web, replicas: 3, image: a}"), withGap).create())
                .containsOnlyKeys("shop-web-1");
    }

    @Test
    void aSetThatIsNotDeclaredAnyMoreIsRemoved() {
        var before = machines(plan(stack("{name: web, replicas: 1, image: a}", "{name: db, replicas: 1, image: a}")));

        assertThat(names(
                        plan(stack("{name: db, replicas: 1, image: a}"), before).remove()))
                .containsExactly("shop-web-0");
    }

    @Test
    void oneThatIsBeingDeletedIsNeitherChangedNorRemovedNorReplacedYet() {
        var before = machines(plan(stack("{name: web, replicas: 1, image: a}")));
        leaving(before.getFirst());

        assertNothingIsDone(plan(stack("{name: web, replicas: 1, image: a, cores: 4}"), before));
        assertThat(plan(stack("{name: web, replicas: 0, image: a}"), before).remove())
                .isEmpty();
    }

    @Test
    void aMachineThatTakesTheNumberOfAnotherTakesItsNameToo() {
        var stack = stack("{name: web, replicas: 2, image: a}");
        var before = machines(plan(stack));

        var again = plan(stack, List.of(before.getFirst())).create();

        assertThat(again).containsOnlyKeys("shop-web-1");
        assertThat(again.get("shop-web-1").hostname())
                .isEqualTo(before.get(1).getSpec().hostname());
    }

    @Test
    void fixedHostNamesGoByNumber() {
        var plan = plan(stack("{name: db, replicas: 3, image: a, hostnames: [primary, standby]}"));

        assertThat(plan.create().get("shop-db-0").hostname()).isEqualTo("primary." + FQDN);
        assertThat(plan.create().get("shop-db-1").hostname()).isEqualTo("standby." + FQDN);
        assertThat(plan.create().get("shop-db-2").hostname()).startsWith("db-");
    }

    @Test
    void aFixedHostNameThatAnotherMachineHasIsTold() {
        // given
        var before = machines(plan(stack("{name: web, replicas: 1, image: a, hostnames: [one]}")));

        // when
        var plan = plan(
                stack(
                        "{name: web, replicas: 1, image: a, hostnames: [one]}",
                        "{name: db, replicas: 2, image: a, hostnames: [one, two]}"),
                before);

        // then
        assertThat(plan.create()).containsOnlyKeys("shop-db-1");
        assertThat(plan.conflicts())
                .containsExactly("the host name one that set db fixes for shop-db-0 is that of shop-web-0:"
                        + " fix another, or delete Machine shop-web-0");
        leaving(before.getFirst());
        assertThat(plan(stack("{name: db, replicas: 1, image: a, hostnames: [one]}"), before))
                .extracting(StackPlan::create, StackPlan::conflicts)
                .containsExactly(Map.of(), List.of());
    }

    @Test
    void aHostNameThatWouldBeTooLongIsRefusedBeforeAnythingIsMade() {
        var deep = "d".repeat(60) + "." + "e".repeat(60) + "." + "f".repeat(60) + "." + "g".repeat(60);
        var stack = stack("{name: web, replicas: 1, image: a}");

        assertThatThrownBy(() -> StackPlan.of(stack, deep, List.of(), IMAGES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a domain name has at most 253");
    }

    @Test
    void theMachinesOfAProtectedStackAreMarkedAndNoneIsRemoved() {
        // given
        var before = machines(plan(stack("{name: web, replicas: 2, image: a}", "{name: db, replicas: 1, image: a}")));

        // when
        var plan = plan(stackWith("deletionProtection: true", "{name: web, replicas: 1, image: a}"), before);

        // then
        assertThat(plan.remove()).isEmpty();
        assertThat(names(plan.kept())).containsExactlyInAnyOrder("shop-web-1", "shop-db-0");
        assertThat(plan.marks().values()).hasSize(3).allMatch(Map.of(Marks.PROTECTED, "true")::equals);
    }

    @Test
    void oneThatIsProtectedNoMoreLosesItsMark() {
        var stack = stack("{name: web, replicas: 1, image: a}");
        var before = machines(plan(stack));
        annotated(before.getFirst(), Marks.PROTECTED, "true");

        assertThat(plan(stack, before).marks().values())
                .singleElement()
                .satisfies(marks -> assertThat(marks).hasSize(1).containsEntry(Marks.PROTECTED, null));
    }

    @Test
    void thePolicyOfTheStackReachesItsMachines() {
        var before = machines(plan(stack("{name: web, replicas: 1, image: a}")));

        assertThat(plan(stackWith("deletionPolicy: Retain", "{name: web, replicas: 1, image: a}"), before)
                        .change()
                        .get("shop-web-0")
                        .deletionPolicy())
                .isEqualTo(DeletionPolicy.Retain);
    }

    @Property(tries = 100)
    void whateverChangesTheMachinesBecomeWhatIsDeclaredAndNoNameIsUsedTwice(
            @ForAll @Size(max = 6) List<@IntRange(max = 12) Integer> sizes, @ForAll @IntRange(max = 11) int leaver) {
        var machines = new HashMap<String, Machine>();
        for (var replicas : sizes) {
            var stack = stack("{name: web, replicas: " + replicas + ", image: a}", "{name: db, replicas: 1, image: a}");

            var plan = plan(stack, List.copyOf(machines.values()));

            names(plan.remove()).forEach(machines::remove);
            machines(plan).forEach(machine -> machines.put(machine.getMetadata().getName(), machine));
            assertThat(machines).hasSize(replicas + 1);
            assertThat(machines.values().stream()
                            .map(machine -> machine.getSpec().hostname()))
                    .doesNotHaveDuplicates();
            Stream.ofNullable(machines.get("shop-web-" + leaver))
                    .forEach(machine -> annotated(machine, Marks.REMOVE_FIRST, "true"));
        }
    }

    private static void assertNothingIsDone(StackPlan plan) {
        assertThat(plan.create()).isEmpty();
        assertThat(plan.change()).isEmpty();
        assertThat(plan.remove()).isEmpty();
        assertThat(plan.marks()).isEmpty();
        assertThat(plan.rollouts()).noneMatch(Rollout::goesOn);
    }

    private static List<String> names(List<Machine> machines) {
        return machines.stream().map(machine -> machine.getMetadata().getName()).toList();
    }

    private static StackPlan plan(Stack stack) {
        return plan(stack, List.of());
    }

    private static StackPlan plan(Stack stack, List<Machine> machines) {
        return StackPlan.of(stack, FQDN, machines, IMAGES);
    }
}
