package cloud.pxc.operator.stack;

import static cloud.pxc.operator.stack.StackGiven.FQDN;
import static cloud.pxc.operator.stack.StackGiven.IMAGES;
import static cloud.pxc.operator.stack.StackGiven.annotated;
import static cloud.pxc.operator.stack.StackGiven.image;
import static cloud.pxc.operator.stack.StackGiven.images;
import static cloud.pxc.operator.stack.StackGiven.leaving;
import static cloud.pxc.operator.stack.StackGiven.machines;
import static cloud.pxc.operator.stack.StackGiven.says;
import static cloud.pxc.operator.stack.StackGiven.stack;
import static cloud.pxc.operator.stack.StackGiven.stackWith;
import static cloud.pxc.operator.stack.StackGiven.status;
import static cloud.pxc.operator.stack.StackGiven.volume;
import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineStatus;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ImageVersions;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final String OLD = volume("a", 1);
    private static final String NEW = volume("a", 2);

    @Test
    void inPlaceReplacesNothingAndSaysWhatIsOutOfDate() {
        var rollout = rollout(web("InPlace", 1), running(OLD, OLD, NEW));

        assertThat(rollout.goesOn()).isFalse();
        assertThat(rollout.outOfDate()).isEqualTo(2);
        assertThat(RolloutReport.advice(rollout))
                .hasValue("out of date: shop-web-0, shop-web-1 (image a);"
                        + " updateStrategy.type Recreate replaces them one by one, with empty disks");
    }

    @Test
    void recreateReplacesOneAfterAnother() {
        // given
        var there = running(OLD, OLD, OLD);
        var stack = web("Recreate", 1);

        // then
        assertThat(names(rollout(stack, there).replace())).containsExactly("shop-web-0");
        assertThat(RolloutReport.progress(rollout(stack, there), List.of()))
                .hasValue("replacing shop-web-0 (0 of 3 up to date)");

        // when
        leaving(there.getFirst());

        // then
        var waiting = rollout(stack, there);
        assertThat(waiting.replace()).isEmpty();
        assertThat(names(waiting.later())).containsExactly("shop-web-1", "shop-web-2");
        assertThat(RolloutReport.progress(waiting, List.of(there.getFirst())))
                .hasValue("replacing shop-web-0 (0 of 3 up to date): it is so");

        // when
        var renewed = List.of(says(machine(0), NEW, "False", "Creating"), there.get(1), there.get(2));

        // then
        assertThat(rollout(stack, renewed).replace()).isEmpty();

        // when
        StackGiven.running(renewed.getFirst(), NEW);

        // then
        assertThat(names(rollout(stack, renewed).replace())).containsExactly("shop-web-1");
        assertThat(RolloutReport.progress(rollout(stack, renewed), List.of()))
                .hasValue("replacing shop-web-1 (1 of 3 up to date)");
    }

    @Test
    void theNextIsReplacedOnceTheFirstHasBooted() {
        // given
        var there = running(NEW, OLD, OLD);
        booting(there.getFirst(), "Booting");

        // when
        var rollout = rollout(web("Recreate", 1), there);

        // then
        assertThat(rollout.replace()).isEmpty();
        assertThat(RolloutReport.progress(rollout, List.of()))
                .hasValue("replacing shop-web-0 (0 of 3 up to date): it boots");
        booting(there.getFirst(), "NoAgent");
        assertThat(names(rollout(web("Recreate", 1), there).replace())).containsExactly("shop-web-1");
    }

    @Test
    void anImageUnderAnotherNameIsAnotherImage() {
        var stack = stack("{name: web, replicas: 3, image: b, updateStrategy: {type: Recreate, maxUnavailable: 2}}");

        assertThat(names(rollout(stack, running(NEW, NEW, volume("b", 1))).replace()))
                .containsExactly("shop-web-0", "shop-web-1");
    }

    @Test
    void aSetWithoutAnImageHasNoneToBeOutOfDateWith() {
        var stack = stack("{name: web, replicas: 3, adopt: [100, 101, 102], updateStrategy: {type: Recreate}}");

        var rollout = rollout(stack, running(OLD, NEW, volume("b", 1)));

        assertThat(RolloutReport.progress(rollout, List.of())).isEmpty();
        assertThat(rollout.replace()).isEmpty();
    }

    @Test
    void nothingIsDestroyedBeforeItsImageIsThere() {
        // given
        var fetching = images(image("a", 2, false));
        var there = running(OLD, OLD, OLD);

        // when
        var rollout = rollout(web("Recreate", 1), there, fetching);

        // then
        assertThat(rollout.goesOn()).isFalse();
        assertThat(RolloutReport.replaces(rollout)).isTrue();
        assertThat(RolloutReport.progress(rollout, List.of()))
                .hasValue("out of date: shop-web-0, shop-web-1, shop-web-2 (image a), and not replaced:"
                        + " image a is being fetched to ProxmoxCluster alpha");
    }

    @Test
    void aMachineThatFailsAnywayIsReplacedFirstAndAddsNothingToThoseAway() {
        var there = running(OLD, OLD, OLD);
        says(there.get(2), OLD, "False", "TaskFailed");

        assertThat(names(rollout(web("Recreate", 1), there).replace())).containsExactly("shop-web-2");
    }

    @Test
    void whatAnotherGuestWouldNotCureStopsTheReplacing() {
        for (var reason : List.of("Unreachable", "ClusterNotReady", "Paused", "NotOurs", "GuestMissing", "Locked")) {
            var there = running(OLD, OLD, OLD);
            says(there.get(2), OLD, "False", reason);

            assertThat(rollout(web("Recreate", 1), there).replace()).as(reason).isEmpty();
        }
    }

    @Test
    void whatTheMachineSaysThatOnlyAnotherGuestCanBecomeIsReplacedToo() {
        var there = running(NEW, NEW, NEW);
        there.get(1).getMetadata().setGeneration(2L);
        says(there.get(1), NEW, "True", "ReplacementNeeded");

        assertThat(names(rollout(web("Recreate", 1), there).replace())).containsExactly("shop-web-1");
        assertThat(rollout(web("Restart", 1), there).goesOn()).isFalse();
    }

    @Test
    void aNewGuestThatIsNotWhatItsSpecSaysEitherIsNotReplacedAgain() {
        var there = running(NEW, NEW, NEW);
        says(there.get(1), NEW, "True", "ReplacementNeeded");

        var rollout = rollout(web("Recreate", 1), there);

        assertThat(rollout.goesOn()).isFalse();
        assertThat(rollout.outOfDate()).isEqualTo(1);
        assertThat(RolloutReport.advice(rollout))
                .hasValue("not as declared, and another guest would not be either: shop-web-1; see there");
    }

    @Test
    void anotherFixedHostNameNeedsAnotherGuestUnlessSomebodyElseHasIt() {
        // given
        var there = running(NEW, NEW, NEW);
        var set = "{name: web, replicas: 3, image: a, hostnames: [%s], updateStrategy: {type: Recreate}}";
        var taken = there.get(1).getSpec().hostname();

        // then
        assertThat(names(rollout(stack(set.formatted("one")), there).replace())).containsExactly("shop-web-0");
        var clash = rollout(stack(set.formatted(taken.substring(0, taken.indexOf('.')))), there);
        assertThat(clash.goesOn()).isFalse();
        assertThat(RolloutReport.advice(clash).orElseThrow()).contains("is that of shop-web-1: fix another");
    }

    @Test
    void adoptedMachinesAreNotReplacedWhileTheSetSaysThatTheyAre() {
        var stack = stack("{name: web, replicas: 3, image: a, adopt: [100], updateStrategy: {type: Recreate}}");

        var rollout = rollout(stack, running(OLD, NEW, NEW));

        assertThat(rollout.goesOn()).isFalse();
        assertThat(RolloutReport.advice(rollout).orElseThrow()).contains("adopt names VMID 100 for it");
    }

    @Test
    void whatWouldLiveOnBesideTheNewOneIsNotReplaced() {
        var stack = stackWith(
                "deletionPolicy: Retain", "{name: web, replicas: 3, image: a, updateStrategy: {type: Recreate}}");

        var rollout = rollout(stack, running(OLD, NEW, NEW));

        assertThat(rollout.goesOn()).isFalse();
        assertThat(RolloutReport.progress(rollout, List.of()).orElseThrow()).contains("deletionPolicy Retain");
    }

    @Test
    void nothingOfAProtectedStackIsReplaced() {
        var stack = stackWith(
                "deletionProtection: true", "{name: web, replicas: 3, image: a, updateStrategy: {type: Recreate}}");

        var rollout = rollout(stack, running(OLD, NEW, NEW));

        assertThat(rollout.goesOn()).isFalse();
        assertThat(RolloutReport.advice(rollout))
                .hasValue("out of date: shop-web-0 (image a); not replaced while deletionProtection is true");
    }

    @Test
    void restartIsDoneOncePerSpecAndOneAfterAnother() {
        // given
        var there = running(NEW, NEW, NEW);
        says(there.get(0), NEW, "True", "RestartNeeded");
        says(there.get(1), NEW, "True", "RestartNeeded");
        var stack = web("Restart", 1);

        // when
        var rollout = rollout(stack, there);

        // then
        assertThat(names(rollout.restart())).containsExactly("shop-web-0");
        assertThat(rollout.restartValue(rollout.restart().getFirst())).isEqualTo("generation-1");
        assertThat(rollout(web("InPlace", 1), there).goesOn()).isFalse();
        assertThat(RolloutReport.advice(rollout(web("InPlace", 1), there)).orElseThrow())
                .startsWith("waiting for their next start: shop-web-0, shop-web-1; annotate");

        // when
        annotated(there.getFirst(), Steering.RESTART, "generation-1");

        // then
        assertThat(rollout(stack, there).restart()).isEmpty();

        // when
        there.getFirst().setStatus(status(there.getFirst(), NEW, "True", "RestartNeeded", "generation-1"));

        // then
        assertThat(names(rollout(stack, there).restart())).containsExactly("shop-web-1");
        assertThat(RolloutReport.advice(rollout(stack, there)).orElseThrow())
                .contains("waiting for a start although restarted: shop-web-0; see there");
    }

    @Test
    void theWholeStackIsRestartedOnceWhateverTheStrategy() {
        // given
        var there = running(NEW, NEW, NEW);
        var stack = web("InPlace", 2);
        annotated(stack, Steering.RESTART, "monday");
        annotated(there.get(2), Marks.STACK_RESTART, "monday");

        // when
        var rollout = rollout(stack, there);

        // then
        assertThat(names(rollout.restart())).containsExactly("shop-web-0", "shop-web-1");
        assertThat(rollout.restartValue(rollout.restart().getFirst())).isEqualTo("stack-monday");
        there.forEach(machine -> annotated(machine, Marks.STACK_RESTART, "monday"));
        assertThat(rollout(stack, there).goesOn()).isFalse();
    }

    @Test
    void whatHasBeenToldToRestartIsNotAsDeclaredYet() {
        var there = running(NEW, NEW, NEW);
        annotated(there.get(1), Steering.RESTART, "monday");

        assertThat(RolloutReport.progress(rollout(web("InPlace", 1), there), List.of()))
                .hasValue("restarting shop-web-1");
    }

    @Test
    void aMachineThatHasNeverStartedNeedsNoRestart() {
        // given
        var stack = web("InPlace", 1);
        annotated(stack, Steering.RESTART, "monday");
        var unborn = machine(0);

        // when
        var plan = StackPlan.of(stack, FQDN, List.of(unborn), IMAGES);

        // then
        assertThat(plan.rollouts().getFirst().goesOn()).isFalse();
        assertThat(plan.marks().get(unborn)).containsEntry(Marks.STACK_RESTART, "monday");
    }

    /** Whatever happens in between: the plan knows nothing but the machines. */
    @Property(tries = 200)
    void neverAreMoreAwayThanMayAndInTheEndAllAreNew(
            @ForAll @IntRange(min = 1, max = 7) int replicas,
            @ForAll @IntRange(min = 1, max = 4) int maxUnavailable,
            @ForAll @IntRange(min = 0, max = 7) int newAlready) {
        // given
        var stack = stack("{name: web, replicas: " + replicas
                + ", image: a, updateStrategy: {type: Recreate, maxUnavailable: " + maxUnavailable + "}}");
        var there = new ArrayList<>(machines(StackPlan.of(stack, FQDN, List.of(), IMAGES)));
        there.forEach(machine -> StackGiven.running(machine, machine.getSpec().ordinal() < newAlready ? NEW : OLD));

        // when
        for (var pass = 0; pass < 4 * replicas; pass++) {
            var plan = StackPlan.of(stack, FQDN, there, IMAGES);
            there.stream()
                    .filter(machine -> !Readiness.isReady(machine))
                    .findFirst()
                    .ifPresent(machine -> {
                        if (Readiness.isLeaving(machine)) {
                            there.remove(machine);
                        } else {
                            StackGiven.running(machine, NEW);
                        }
                    });
            plan.rollouts().getFirst().replace().forEach(standing -> leaving(standing.machine()));
            machines(plan).forEach(machine -> there.add(says(machine, NEW, "False", "Creating")));

            // then
            assertThat(replicas - there.stream().filter(Readiness::isReady).count())
                    .isLessThanOrEqualTo(maxUnavailable);
        }
        assertThat(there).hasSize(replicas).allMatch(Readiness::isReady).allMatch(machine -> machine.getStatus()
                .image()
                .equals(NEW));
    }

    private static void booting(Machine machine, String reason) {
        StackGiven.running(machine, NEW);
        var booting = "conditions:\n- {type: Booted, status: \"False\", reason: " + reason + ", message: it boots}\n";
        machine.setStatus(Serialization.unmarshal(
                Serialization.asYaml(machine.getStatus()).replace("conditions:\n", booting), MachineStatus.class));
    }

    private static Stack web(String strategy, int maxUnavailable) {
        return stack("{name: web, replicas: 3, image: a, updateStrategy: {type: " + strategy + ", maxUnavailable: "
                + maxUnavailable + "}}");
    }

    private static Machine machine(int ordinal) {
        return machines(StackPlan.of(web("InPlace", 1), FQDN, List.of(), IMAGES))
                .get(ordinal);
    }

    /** Three of them, made from these volumes. */
    private static List<Machine> running(String... volumes) {
        return Stream.iterate(0, ordinal -> ordinal < volumes.length, ordinal -> ordinal + 1)
                .map(ordinal -> StackGiven.running(machine(ordinal), volumes[ordinal]))
                .toList();
    }

    private static Rollout rollout(Stack stack, List<Machine> machines) {
        return rollout(stack, machines, IMAGES);
    }

    private static Rollout rollout(Stack stack, List<Machine> machines, ImageVersions images) {
        return StackPlan.of(stack, FQDN, machines, images).rollouts().getFirst();
    }

    private static List<String> names(List<Standing> standings) {
        return standings.stream().map(Standing::name).toList();
    }
}
