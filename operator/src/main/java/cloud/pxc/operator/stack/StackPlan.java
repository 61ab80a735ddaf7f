package cloud.pxc.operator.stack;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineSpec;
import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.operator.cluster.ImageVersions;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What has to be done to the machines of a stack.
 *
 * @param create by name
 * @param change machines that are there and have to become something else, by name
 * @param remove those that are not wanted any more, in that order
 * @param kept those that are not wanted any more, and stay because the stack is protected
 * @param rollouts by set, in the order of the spec
 * @param marks annotations to be written on machines; one without a value is taken away
 * @param conflicts what keeps machines from being made, in words
 */
record StackPlan(
        Map<String, MachineSpec> create,
        Map<String, MachineSpec> change,
        List<Machine> remove,
        List<Machine> kept,
        List<Rollout> rollouts,
        Map<Machine, Map<String, String>> marks,
        List<String> conflicts) {

    StackPlan {
        create = Map.copyOf(create);
        change = Map.copyOf(change);
        remove = List.copyOf(remove);
        kept = List.copyOf(kept);
        rollouts = List.copyOf(rollouts);
        marks = new IdentityHashMap<>(marks);
        conflicts = List.copyOf(conflicts);
    }

    StackPlan with(List<String> furtherConflicts) {
        return new StackPlan(
                create,
                change,
                remove,
                kept,
                rollouts,
                marks,
                Stream.concat(conflicts.stream(), furtherConflicts.stream()).toList());
    }

    /** @throws IllegalArgumentException if a host name would be no domain name */
    static StackPlan of(Stack stack, String fqdn, Collection<Machine> machines, ImageVersions images) {
        return new StackPlanner(stack, fqdn, machines, images).plan();
    }

    /**
     * What a machine is to be.
     *
     * @param adopt VMID of the guest that it takes over, or null
     */
    static MachineSpec spec(Stack stack, MachineSet set, int ordinal, String hostname, Integer adopt) {
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
                adopt,
                stack.getSpec().deletionPolicy());
    }
}
