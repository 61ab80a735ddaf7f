package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.dns.Fqdn;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The host names of a stack: those that its sets fix, and drawn ones for the others, no two the same. */
final class Hostnames {

    private final Stack stack;
    private final String fqdn;
    /** Who has which, by label. */
    private final Map<String, String> holders = new HashMap<>();

    private final Set<String> fixed = new HashSet<>();

    Hostnames(Stack stack, String fqdn, Collection<Machine> machines) {
        this.stack = stack;
        this.fqdn = fqdn;
        machines.forEach(machine -> holders.put(
                label(machine.getSpec().hostname()), machine.getMetadata().getName()));
        stack.getSpec().machineSets().forEach(set -> fixed.addAll(set.hostnames()));
    }

    /** The one that its set fixes for it. */
    Optional<String> fixed(MachineSet set, int ordinal) {
        return ordinal < set.hostnames().size()
                ? Optional.of(full(set.hostnames().get(ordinal)))
                : Optional.empty();
    }

    /** Who has the name that the set fixes for it, if somebody else does. */
    Optional<String> holder(MachineSet set, int ordinal, String machine) {
        return fixed(set, ordinal)
                .map(hostname -> holders.get(label(hostname)))
                .filter(holder -> !holder.equals(machine));
    }

    /**
     * The one that a machine is made with.
     *
     * @throws IllegalArgumentException if it would be no domain name
     */
    String take(MachineSet set, int ordinal, String machine) {
        var hostname = fixed(set, ordinal).orElseGet(() -> drawn(set, ordinal));
        holders.put(label(hostname), machine);
        return hostname;
    }

    private String drawn(MachineSet set, int ordinal) {
        var prefix = set.name() + "-";
        var key = stack.getMetadata().getUid() + "/" + set.name() + "/" + ordinal;
        return full(prefix + PetNames.of(key, name -> isTaken(prefix + name)));
    }

    private boolean isTaken(String label) {
        return holders.containsKey(label) || fixed.contains(label);
    }

    private String full(String label) {
        return Fqdn.of(label + "." + fqdn).text();
    }

    private static String label(String hostname) {
        return hostname.substring(0, hostname.indexOf('.'));
    }
}
