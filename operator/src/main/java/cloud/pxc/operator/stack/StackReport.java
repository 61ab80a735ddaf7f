package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.SetStatus;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.stack.StackStatus;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.machine.MachineReason;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What is told of a stack. */
@ApplicationScoped
class StackReport {

    private static final int MOST_TOLD = 3;
    /** What a machine does not come out of merely by going on. */
    private static final Set<MachineReason> FAILURES = EnumSet.of(
            MachineReason.NoRoom,
            MachineReason.PoolExhausted,
            MachineReason.TaskFailed,
            MachineReason.Locked,
            MachineReason.PrivilegesMissing,
            MachineReason.Unreachable,
            MachineReason.LedgerUnavailable);
    /** What the stack itself is told of no further. */
    private static final Set<StackReason> SILENT =
            EnumSet.of(StackReason.NameTaken, StackReason.NameDenied, StackReason.LedgerUnavailable);

    private final Conditions conditions;

    StackReport(Conditions conditions) {
        this.conditions = conditions;
    }

    /** @param plan that has just been carried out: what it changes is not as declared yet, whatever the machines still say */
    StackStatus of(Stack stack, String fqdn, Collection<Machine> machines, StackPlan plan) {
        var verdict = plan.change().isEmpty()
                ? verdict(stack, machines)
                : new Verdict.Progressing(
                        StackReason.Progressing,
                        "changing " + count(plan.change().size()));
        return of(stack, fqdn, machines, verdict);
    }

    /** With what its name was found to be before. */
    StackStatus of(Stack stack, Collection<Machine> machines, Verdict verdict) {
        var fqdn = stack.getStatus() == null ? null : stack.getStatus().fqdn();
        return of(stack, fqdn, machines, verdict);
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

    static Verdict removing(Collection<Machine> machines) {
        var failing = sorted(machines).stream().filter(StackReport::isFailing).toList();
        return failing.isEmpty()
                ? new Verdict.Progressing(StackReason.Deleting, "removing " + count(machines.size()))
                : new Verdict.Failing(StackReason.Deleting, told(failing, machines.size(), 0));
    }

    private StackStatus of(Stack stack, String fqdn, Collection<Machine> machines, Verdict verdict) {
        var before = stack.getStatus() == null ? null : stack.getStatus().conditions();
        var generation = stack.getMetadata().getGeneration();
        var declared = declared(stack);
        var ready = (int) machines.stream().filter(StackReport::isReady).count();
        return new StackStatus(
                generation,
                conditions.after(before, generation, verdict),
                fqdn,
                declared,
                ready,
                ready + "/" + declared,
                stack.getSpec().machineSets().stream()
                        .map(set -> set(set, machines))
                        .toList());
    }

    private static SetStatus set(MachineSet set, Collection<Machine> machines) {
        var own = machines.stream()
                .filter(machine -> machine.getSpec().set().equals(set.name()))
                .toList();
        return new SetStatus(
                set.name(),
                own.size(),
                (int) own.stream().filter(StackReport::isReady).count(),
                null);
    }

    private static int declared(Stack stack) {
        return stack.getSpec().machineSets().stream()
                .mapToInt(MachineSet::replicas)
                .sum();
    }

    private static Verdict verdict(Stack stack, Collection<Machine> machines) {
        var declared = declared(stack);
        var unready =
                sorted(machines).stream().filter(machine -> !isReady(machine)).toList();
        if (unready.isEmpty() && machines.size() == declared) {
            return new Verdict.Ready(
                    StackReason.Running, declared == 1 ? "its machine runs" : "all " + declared + " machines run");
        }
        var failing = unready.stream().filter(StackReport::isFailing).toList();
        return failing.isEmpty()
                ? new Verdict.Progressing(StackReason.Progressing, told(unready, machines.size(), declared))
                : new Verdict.Failing(StackReason.MachineFailing, told(failing, machines.size(), declared));
    }

    private static String told(List<Machine> machines, int there, int declared) {
        if (machines.isEmpty()) {
            return there < declared ? "making " + count(declared - there) : "removing " + count(there - declared);
        }
        var parts = machines.stream()
                .limit(MOST_TOLD)
                .map(machine -> machine.getMetadata().getName() + ": "
                        + ready(machine).map(Condition::getMessage).orElse("not looked at yet"))
                .toList();
        var more = machines.size() > MOST_TOLD ? "; and " + (machines.size() - MOST_TOLD) + " more" : "";
        return String.join("; ", parts) + more;
    }

    /** As it is declared now, not as it was. */
    private static boolean isReady(Machine machine) {
        return machine.getMetadata().getDeletionTimestamp() == null
                && ready(machine)
                        .filter(condition -> condition.getStatus().equals("True"))
                        .filter(condition -> Objects.equals(
                                condition.getObservedGeneration(),
                                machine.getMetadata().getGeneration()))
                        .isPresent();
    }

    /** Not merely on its way. */
    private static boolean isFailing(Machine machine) {
        var reason = ready(machine).map(Condition::getReason).orElse("");
        var stalled = machine.getStatus() != null
                && Conditions.find(machine.getStatus().conditions(), Conditions.STALLED)
                        .isPresent();
        return stalled || FAILURES.stream().map(MachineReason::name).anyMatch(reason::equals);
    }

    private static List<Machine> sorted(Collection<Machine> machines) {
        return machines.stream()
                .sorted(Comparator.comparing(machine -> machine.getMetadata().getName()))
                .toList();
    }

    private static String count(int machines) {
        return machines == 1 ? "1 machine" : machines + " machines";
    }

    private static Optional<Condition> ready(Machine machine) {
        return Conditions.find(
                machine.getStatus() == null ? null : machine.getStatus().conditions(), Conditions.READY);
    }
}
