package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.SetStatus;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.stack.StackStatus;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.operator.status.Verdict;
import io.fabric8.kubernetes.api.model.Condition;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is told of a stack. */
@ApplicationScoped
class StackReport {

    private static final int MOST_TOLD = 3;

    private final Conditions conditions;

    StackReport(Conditions conditions) {
        this.conditions = conditions;
    }

    StackStatus of(Stack stack, String fqdn, Collection<Machine> machines) {
        return of(stack, fqdn, machines, verdict(stack, machines));
    }

    StackStatus of(Stack stack, String fqdn, Collection<Machine> machines, Verdict verdict) {
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
        return new SetStatus(set.name(), own.size(), (int)
                own.stream().filter(StackReport::isReady).count());
    }

    private static int declared(Stack stack) {
        return stack.getSpec().machineSets().stream()
                .mapToInt(MachineSet::replicas)
                .sum();
    }

    private static Verdict verdict(Stack stack, Collection<Machine> machines) {
        var declared = declared(stack);
        var unready = machines.stream()
                .filter(machine -> !isReady(machine))
                .sorted(Comparator.comparing(machine -> machine.getMetadata().getName()))
                .toList();
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
            return there < declared
                    ? "making " + (declared - there) + " machines"
                    : "removing " + (there - declared) + " machines";
        }
        var parts = machines.stream()
                .limit(MOST_TOLD)
                .map(machine -> machine.getMetadata().getName() + ": "
                        + ready(machine).map(Condition::getMessage).orElse("not looked at yet"))
                .toList();
        var more = machines.size() > MOST_TOLD ? "; and " + (machines.size() - MOST_TOLD) + " more" : "";
        return String.join("; ", parts) + more;
    }

    private static boolean isReady(Machine machine) {
        return machine.getMetadata().getDeletionTimestamp() == null
                && ready(machine)
                        .filter(condition -> condition.getStatus().equals("True"))
                        .isPresent();
    }

    /** Not merely on its way. */
    private static boolean isFailing(Machine machine) {
        var reason = ready(machine).map(Condition::getReason).orElse("");
        var stalled = machine.getStatus() != null
                && Conditions.find(machine.getStatus().conditions(), Conditions.STALLED)
                        .isPresent();
        return stalled || FAILURES.contains(reason);
    }

    private static final java.util.Set<String> FAILURES = java.util.Set.of(
            "NoRoom", "PoolExhausted", "TaskFailed", "Locked", "PrivilegesMissing", "Unreachable", "LedgerUnavailable");

    private static Optional<Condition> ready(Machine machine) {
        return Conditions.find(
                machine.getStatus() == null ? null : machine.getStatus().conditions(), Conditions.READY);
    }
}
