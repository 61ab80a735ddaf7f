package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.Stack;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What has to be done to the machines of a stack.
 *
 * @param create by name
 * @param change machines that are there and have to become something else, by name
 * @param remove names of those that are not wanted any more, the newest of a set first
 */
record StackPlan(Map<String, MachineSpec> create, Map<String, MachineSpec> change, List<String> remove) {

    static StackPlan of(Stack stack, String fqdn, Collection<Machine> machines, PetNames pets) {
        var existing = machines.stream()
                .collect(Collectors.toMap(machine -> machine.getMetadata().getName(), machine -> machine));
        var taken = new HashSet<String>();
        machines.forEach(machine -> taken.add(label(machine.getSpec().hostname())));
        var create = new java.util.TreeMap<String, MachineSpec>();
        var change = new java.util.TreeMap<String, MachineSpec>();
        var wanted = new HashSet<String>();
        for (var set : stack.getSpec().machineSets()) {
            for (var ordinal = 0; ordinal < set.replicas(); ordinal++) {
                var name = stack.getMetadata().getName() + "-" + set.name() + "-" + ordinal;
                wanted.add(name);
                var machine = existing.get(name);
                if (machine == null) {
                    create.put(name, spec(stack, set, ordinal, hostname(set, fqdn, pets, taken)));
                } else if (machine.getMetadata().getDeletionTimestamp() == null) {
                    var after = spec(stack, set, ordinal, machine.getSpec().hostname());
                    if (!after.equals(machine.getSpec())) {
                        change.put(name, after);
                    }
                }
            }
        }
        var remove = machines.stream()
                .filter(machine -> machine.getMetadata().getDeletionTimestamp() == null)
                .filter(machine -> !wanted.contains(machine.getMetadata().getName()))
                .sorted(Comparator.<Machine>comparingInt(
                                machine -> machine.getSpec().ordinal())
                        .reversed())
                .map(machine -> machine.getMetadata().getName())
                .toList();
        return new StackPlan(create, change, remove);
    }

    private static String hostname(MachineSet set, String fqdn, PetNames pets, Set<String> taken) {
        var prefix = set.name() + "-";
        var used = taken.stream()
                .filter(label -> label.startsWith(prefix))
                .map(label -> label.substring(prefix.length()))
                .collect(Collectors.toSet());
        var label = prefix + pets.next(used);
        taken.add(label);
        return label + "." + fqdn;
    }

    private static MachineSpec spec(Stack stack, MachineSet set, int ordinal, String hostname) {
        return new MachineSpec(
                stack.getSpec().clusterRef(),
                stack.getMetadata().getName(),
                set.name(),
                ordinal,
                hostname,
                set.type(),
                set.image(),
                set.cores(),
                set.memory(),
                set.disks(),
                set.networks(),
                set.placement(),
                set.cloudInit(),
                set.options(),
                set.powerState(),
                set.firmware(),
                set.tpm(),
                set.tags(),
                set.pool(),
                set.highAvailability(),
                set.guestMissingPolicy(),
                ordinal < set.adopt().size() ? set.adopt().get(ordinal) : null,
                stack.getSpec().deletionPolicy());
    }

    private static String label(String hostname) {
        return hostname.substring(0, hostname.indexOf('.'));
    }
}
