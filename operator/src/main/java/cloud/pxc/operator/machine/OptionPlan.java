package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.MachineType;
import cloud.pxc.proxmox.GuestConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is to be done about the plain settings of a guest: its size, the options of its spec, its tags. */
record OptionPlan(Map<String, String> set, Set<String> delete, List<String> never) {

    /** Only a container that is made anew can get another. */
    private static final Set<String> ONCE = Set.of("unprivileged");
    /** A disk is no option, although it is remembered among them. */
    private static final Set<String> KEPT = Set.of(FirmwarePlan.TPM);

    private static final String TAGS = "tags";

    /**
     * @param options names of those that the guest has because the spec has, or had, them
     * @param tags that the guest has because the spec has, or had, them
     */
    static OptionPlan of(Machine machine, GuestConfig config, List<String> options, List<String> tags) {
        var spec = machine.getSpec();
        var wanted = new TreeMap<>(spec.options());
        wanted.put("cores", spec.cores().toString());
        wanted.put("memory", Sizes.mebibytes(spec.memory()));
        var delete = new TreeSet<String>();
        for (var option : options) {
            if (!wanted.containsKey(option) && !KEPT.contains(option)) {
                var usual = GuestSettings.usual(spec.type()).get(option);
                if (usual != null) {
                    wanted.put(option, usual);
                } else if (config.get(option).isPresent()) {
                    delete.add(option);
                }
            }
        }
        wanted.entrySet().removeIf(entry -> isSo(config, entry.getKey(), entry.getValue()));
        var never = new ArrayList<String>();
        if (spec.type() == MachineType.container) {
            wanted.keySet().stream().filter(ONCE::contains).forEach(never::add);
            wanted.keySet().removeAll(ONCE);
            delete.removeAll(ONCE);
        }
        var wantedTags = tags(machine, config.tags(), tags);
        if (!wantedTags.equals(config.tags())) {
            wanted.put(TAGS, String.join(";", wantedTags));
        }
        return new OptionPlan(wanted, delete, never);
    }

    /** What is nowhere said is as good as empty, or no. */
    private static boolean isSo(GuestConfig config, String key, String wanted) {
        return config.get(key)
                .map(actual -> Wording.same(key, wanted, actual))
                .orElse(wanted.isBlank() || ONCE.contains(key) && Wording.same(key, wanted, "0"));
    }

    /** Tags that others have set stay. */
    private static Set<String> tags(Machine machine, Set<String> actual, List<String> given) {
        var tags = new TreeSet<>(actual);
        given.forEach(tags::remove);
        tags.addAll(machine.getSpec().tags());
        tags.addAll(MachineIdentity.tags(machine));
        return tags;
    }
}
