package cloud.pxc.operator.stack;

import cloud.pxc.crds.DeletionPolicy;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ImageVersions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the plan of one stack. Pure: no clock, no I/O. */
final class StackPlanner {

    /** An annotation that a merge patch takes away. */
    private static final String NONE = null;

    private static final Comparator<Machine> FIRST_TO_GO = Comparator.comparing(
                    (Machine machine) -> !Marks.isSet(machine, Marks.REMOVE_FIRST))
            .thenComparing(Comparator.<Machine>comparingInt(
                            machine -> machine.getSpec().ordinal())
                    .reversed());

    private final Stack stack;
    private final Collection<Machine> machines;
    private final ImageVersions images;
    private final Hostnames hostnames;
    private final boolean isProtected;
    private final Optional<String> restart;

    private final Map<String, MachineSpec> create = new TreeMap<>();
    private final Map<String, MachineSpec> change = new TreeMap<>();
    private final List<Machine> remove = new ArrayList<>();
    private final List<Machine> kept = new ArrayList<>();
    private final List<Rollout> rollouts = new ArrayList<>();
    private final Map<Machine, Map<String, String>> marks = new IdentityHashMap<>();
    private final List<String> conflicts = new ArrayList<>();

    StackPlanner(Stack stack, String fqdn, Collection<Machine> machines, ImageVersions images) {
        this.stack = stack;
        this.machines = machines;
        this.images = images;
        this.hostnames = new Hostnames(stack, fqdn, machines);
        this.isProtected = Marks.isProtected(stack);
        this.restart = Steering.value(stack, Steering.RESTART);
    }

    StackPlan plan() {
        var bySet = machines.stream()
                .collect(Collectors.groupingBy(machine -> machine.getSpec().set()));
        for (var set : stack.getSpec().machineSets()) {
            plan(set, bySet.getOrDefault(set.name(), List.of()));
            bySet.remove(set.name());
        }
        bySet.values().stream()
                .flatMap(List::stream)
                .filter(machine -> !Readiness.isLeaving(machine))
                .sorted(FIRST_TO_GO)
                .forEach(this::unwanted);
        machines.stream().filter(machine -> !Readiness.isLeaving(machine)).forEach(this::mark);
        return new StackPlan(create, change, remove, kept, rollouts, marks, conflicts);
    }

    private void plan(MachineSet set, List<Machine> there) {
        var live = there.stream()
                .filter(machine -> !Readiness.isLeaving(machine))
                .sorted(FIRST_TO_GO)
                .toList();
        var surplus = Math.max(0, live.size() - set.replicas());
        live.stream().limit(surplus).forEach(this::unwanted);
        var staying = live.stream().skip(surplus).toList();
        staying.forEach(machine -> change(set, machine));
        // One that is leaving keeps its number until it is gone, so that its successor gets it.
        make(set, there, set.replicas() - there.size());
        rollouts.add(Rollout.of(
                set,
                isProtected,
                staying.stream().map(machine -> standing(set, machine)).toList(),
                Math.max(0, set.replicas() - staying.size())));
    }

    private void unwanted(Machine machine) {
        (isProtected ? kept : remove).add(machine);
    }

    private void change(MachineSet set, Machine machine) {
        var spec = machine.getSpec();
        var after = StackPlan.spec(stack, set, spec.ordinal(), spec.hostname(), spec.adopt());
        if (!after.equals(spec)) {
            change.put(machine.getMetadata().getName(), after);
        }
    }

    private void make(MachineSet set, List<Machine> there, int count) {
        var taken = there.stream().map(machine -> machine.getSpec().ordinal()).collect(Collectors.toSet());
        for (int ordinal = 0, made = 0; made < count; ordinal++) {
            if (taken.contains(ordinal)) {
                continue;
            }
            made++;
            var name = stack.getMetadata().getName() + "-" + set.name() + "-" + ordinal;
            var holder = hostnames.holder(set, ordinal, name);
            if (holder.isEmpty()) {
                var hostname = hostnames.take(set, ordinal, name);
                create.put(name, StackPlan.spec(stack, set, ordinal, hostname, adopted(set, ordinal)));
            } else if (!isLeaving(holder.get())) {
                conflicts.add(held(set, ordinal, name, holder.get()));
            }
        }
    }

    private Standing standing(MachineSet set, Machine machine) {
        var name = machine.getMetadata().getName();
        var ordinal = machine.getSpec().ordinal();
        var status = machine.getStatus();
        var differences = new ArrayList<String>();
        if (status != null && Boolean.TRUE.equals(status.created())) {
            if (set.image() != null && status.image() != null && !images.isCurrent(set.image(), status.image())) {
                differences.add("image " + set.image());
            }
            if (Standing.wantsAnotherGuest(machine) && !Standing.isAsItWasMade(machine)) {
                differences.add("settings that the Machine names");
            }
        }
        hostnames
                .fixed(set, ordinal)
                .filter(hostname -> !hostname.equals(machine.getSpec().hostname()))
                .ifPresent(hostname -> differences.add("host name " + hostname));
        var hindrance = hostnames
                .holder(set, ordinal, name)
                .map(holder -> held(set, ordinal, name, holder))
                .or(() -> Optional.ofNullable(adopted(set, ordinal))
                        .map(vmid -> "adopt names VMID " + vmid + " for it: take that out first"))
                .or(() -> stack.getSpec().deletionPolicy() == DeletionPolicy.Retain
                        ? Optional.of("with deletionPolicy Retain its guest would live on beside the new one")
                        : Optional.empty())
                .or(() -> set.image() == null
                        ? Optional.of("its set names no image to make another from")
                        : images.missing(set.image()));
        return new Standing(machine, differences, hindrance, hasStarted(machine) ? owed(machine) : Optional.empty());
    }

    /** The restart of the whole stack that the machine has not had. */
    private Optional<String> owed(Machine machine) {
        return restart.filter(
                value -> !Steering.value(machine, Marks.STACK_RESTART).equals(Optional.of(value)));
    }

    private void mark(Machine machine) {
        var written = new HashMap<String, String>();
        if (isProtected != Marks.isSet(machine, Marks.PROTECTED)) {
            written.put(Marks.PROTECTED, isProtected ? "true" : NONE);
        }
        if (!hasStarted(machine)) {
            owed(machine).ifPresent(value -> written.put(Marks.STACK_RESTART, value));
        }
        if (!written.isEmpty()) {
            marks.put(machine, written);
        }
    }

    /** VMID of the guest that it takes over instead of having one made, or null. */
    private static Integer adopted(MachineSet set, int ordinal) {
        return ordinal < set.adopt().size() ? set.adopt().get(ordinal) : null;
    }

    private boolean isLeaving(String name) {
        return machines.stream()
                .filter(machine -> machine.getMetadata().getName().equals(name))
                .anyMatch(Readiness::isLeaving);
    }

    private static boolean hasStarted(Machine machine) {
        return machine.getStatus() != null
                && Boolean.TRUE.equals(machine.getStatus().started());
    }

    private static String held(MachineSet set, int ordinal, String name, String holder) {
        return "the host name " + set.hostnames().get(ordinal) + " that set " + set.name() + " fixes for " + name
                + " is that of " + holder + ": fix another, or delete Machine " + holder;
    }
}
