package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.SetStatus;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.stack.StackStatus;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of a stack. */
@ApplicationScoped
class StackReport {

    private static final int MOST_TOLD = 3;
    /** What the stack itself is told of no further. */
    private static final Set<StackReason> SILENT = EnumSet.of(
            StackReason.NameTaken, StackReason.NameDenied, StackReason.MachineNameTaken, StackReason.LedgerUnavailable);

    private final Conditions conditions;

    StackReport(Conditions conditions) {
        this.conditions = conditions;
    }

    /** @param plan that has just been carried out: what it changes is not as declared yet, whatever the machines still say */
    StackStatus of(Stack stack, String fqdn, Collection<Machine> machines, StackPlan plan) {
        return of(stack, fqdn, machines, verdict(stack, machines, plan), plan.rollouts());
    }

    /** With what its name was found to be before. */
    StackStatus of(Stack stack, Collection<Machine> machines, Verdict verdict) {
        var fqdn = stack.getStatus() == null ? null : stack.getStatus().fqdn();
        return of(stack, fqdn, machines, verdict, List.of());
    }

    /** Whether news of what the stack waits for reaches it. */
    static boolean comesByItself(StackStatus status) {
        var reason = Conditions.find(status.conditions(), Conditions.READY)
                .map(Condition::getReason)
                .orElse("");
        return SILENT.stream().map(StackReason::name).noneMatch(reason::equals);
    }

    static Verdict paused() {
        return new Verdict.Stalled(
                StackReason.Paused,
                "left alone while the annotation " + Steering.PAUSED + " is \"true\"; remove it to go on");
    }

    static Verdict clusterMissing(Stack stack) {
        return new Verdict.Failing(
                StackReason.ClusterMissing,
                "there is no ProxmoxCluster " + stack.getSpec().clusterRef().name() + "; create it");
    }

    /** Its deletion can't be taken back, but its machines can be kept. */
    static Verdict protectedFromDeletion() {
        return new Verdict.Stalled(
                StackReason.DeletionProtected,
                "it is being deleted, and its machines are kept while deletionProtection is true:"
                        + " set it to false to have them destroyed");
    }

    static Verdict removing(Collection<Machine> machines) {
        var failing = sorted(machines).stream().filter(Readiness::isFailing).toList();
        return failing.isEmpty()
                ? new Verdict.Progressing(StackReason.Deleting, "removing " + count(machines.size()))
                : new Verdict.Failing(StackReason.Deleting, told(failing, machines.size(), 0));
    }

    private StackStatus of(
            Stack stack, String fqdn, Collection<Machine> machines, Verdict verdict, List<Rollout> rollouts) {
        var before = stack.getStatus() == null ? null : stack.getStatus().conditions();
        var generation = stack.getMetadata().getGeneration();
        var declared = declared(stack);
        var ready = (int) machines.stream().filter(Readiness::isReady).count();
        return new StackStatus(
                generation,
                conditions.after(before, generation, verdict),
                fqdn,
                declared,
                ready,
                ready + "/" + declared,
                stack.getSpec().machineSets().stream()
                        .map(set -> set(set, machines, rollouts))
                        .toList());
    }

    /** How far a set is up to date is known only where it was looked at. */
    private static SetStatus set(MachineSet set, Collection<Machine> machines, List<Rollout> rollouts) {
        var own = of(set, machines).toList();
        var rollout = rollouts.stream()
                .filter(each -> each.set().name().equals(set.name()))
                .findFirst();
        return new SetStatus(
                set.name(),
                own.size(),
                (int) own.stream().filter(Readiness::isReady).count(),
                rollout.map(each -> each.standings().size() - each.outOfDate()).orElse(null),
                rollout.map(Rollout::outOfDate).orElse(null),
                rollout.flatMap(RolloutReport::advice).orElse(null));
    }

    private static Stream<Machine> of(MachineSet set, Collection<Machine> machines) {
        return machines.stream().filter(machine -> machine.getSpec().set().equals(set.name()));
    }

    private static int declared(Stack stack) {
        return stack.getSpec().machineSets().stream()
                .mapToInt(MachineSet::replicas)
                .sum();
    }

    private static Verdict verdict(Stack stack, Collection<Machine> machines, StackPlan plan) {
        if (!plan.conflicts().isEmpty()) {
            return new Verdict.Stalled(StackReason.MachineNameTaken, String.join("; ", plan.conflicts()));
        }
        if (!plan.change().isEmpty()) {
            return new Verdict.Progressing(
                    StackReason.Progressing, "changing " + count(plan.change().size()));
        }
        var declared = declared(stack);
        var unready = sorted(machines).stream()
                .filter(machine -> !Readiness.isReady(machine))
                .toList();
        var failing = unready.stream().filter(Readiness::isFailing).toList();
        var rolling = plan.rollouts().stream()
                .flatMap(rollout -> RolloutReport.progress(rollout, leaving(rollout, machines)).stream())
                .toList();
        if (!failing.isEmpty()) {
            var waiting = rolling.isEmpty() ? "" : "; " + String.join("; ", rolling);
            return new Verdict.Failing(StackReason.MachineFailing, told(failing, machines.size(), declared) + waiting);
        }
        if (!plan.kept().isEmpty()) {
            return kept(plan);
        }
        if (!rolling.isEmpty()) {
            return new Verdict.Progressing(
                    plan.rollouts().stream().anyMatch(RolloutReport::replaces)
                            ? StackReason.Replacing
                            : StackReason.Restarting,
                    String.join("; ", rolling));
        }
        return unready.isEmpty() && machines.size() == declared
                ? new Verdict.Ready(reason(plan), asDeclared(machines) + advice(plan))
                : new Verdict.Progressing(StackReason.Progressing, told(unready, machines.size(), declared));
    }

    private static List<Machine> leaving(Rollout rollout, Collection<Machine> machines) {
        return of(rollout.set(), sorted(machines)).filter(Readiness::isLeaving).toList();
    }

    private static Verdict kept(StackPlan plan) {
        var names = plan.kept().stream()
                .map(machine -> machine.getMetadata().getName())
                .toList();
        return new Verdict.Stalled(
                StackReason.DeletionProtected,
                "not declared any more: " + RolloutReport.names(names)
                        + ", kept because deletionProtection is true; set it to false to have that destroyed, or declare it"
                        + " again");
    }

    private static StackReason reason(StackPlan plan) {
        return plan.rollouts().stream().anyMatch(rollout -> rollout.outOfDate() > 0)
                ? StackReason.OutOfDate
                : StackReason.Running;
    }

    private static String asDeclared(Collection<Machine> machines) {
        var all = machines.size();
        var stopped = (int) machines.stream().filter(Readiness::isStopped).count();
        if (stopped == 0) {
            return all == 1 ? "its machine runs" : "all " + all + " machines run";
        }
        if (stopped == all) {
            return all == 1
                    ? "its machine is stopped, as declared"
                    : "all " + all + " machines are stopped, as declared";
        }
        return all - stopped + " of " + all + " machines run, " + stopped + " stopped as declared";
    }

    private static String advice(StackPlan plan) {
        return plan.rollouts().stream()
                .flatMap(rollout -> RolloutReport.advice(rollout).stream())
                .map(advice -> "; " + advice)
                .collect(Collectors.joining());
    }

    private static String told(List<Machine> machines, int there, int declared) {
        if (machines.isEmpty()) {
            return there < declared ? "making " + count(declared - there) : "removing " + count(there - declared);
        }
        var parts = machines.stream()
                .limit(MOST_TOLD)
                .map(machine -> machine.getMetadata().getName() + ": "
                        + Readiness.of(machine).map(Condition::getMessage).orElse("not looked at yet"))
                .toList();
        var more = machines.size() > MOST_TOLD ? "; and " + (machines.size() - MOST_TOLD) + " more" : "";
        return String.join("; ", parts) + more;
    }

    private static List<Machine> sorted(Collection<Machine> machines) {
        return machines.stream()
                .sorted(Comparator.comparing(machine -> machine.getMetadata().getName()))
                .toList();
    }

    private static String count(int machines) {
        return machines == 1 ? "1 machine" : machines + " machines";
    }
}
