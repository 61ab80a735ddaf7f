package cloud.pxc.operator.machine;

import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.GuestHardware;
import cloud.pxc.crds.machine.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is to be done so that a guest is made of what its spec says. What the operator has set is noted before it is, so that it,
 * and nothing else, can be unset one day. Pure.
 *
 * @param intent what the status has to know before anything is set
 * @param reached what it is to know once nothing is left to be done
 * @param stale interfaces that are gone, whose leases are to be let go
 * @param nics that the guest is to have
 * @param never of the spec becomes true of this guest
 * @param remarks what a person should know
 */
record HardwarePlan(
        Optional<DiskPlan.Growth> grow,
        Map<String, String> set,
        Set<String> delete,
        GuestHardware intent,
        GuestHardware reached,
        List<AttachedInterface> stale,
        List<Nic> nics,
        List<String> never,
        List<String> remarks) {

    /** @param nics that the guest is to have */
    static HardwarePlan of(
            Machine machine,
            ProxmoxClusterSpec cluster,
            Optional<GuestHardware> noted,
            GuestSight.Ours ours,
            NicPlan places,
            List<Nic> nics) {
        var spec = machine.getSpec();
        var known = noted.orElse(HardwareRecord.NOTHING);
        var disks = DiskPlan.of(machine, cluster, ours, noted.map(GuestHardware::disks));
        var options = OptionPlan.of(machine, ours.config(), known.options(), known.tags());
        var firmware =
                FirmwarePlan.of(machine, cluster, ours.config(), ours.id().vmid(), known.options());
        var set = new TreeMap<String, String>(options.set());
        set.putAll(disks.set());
        set.putAll(firmware.set());
        nics.forEach(nic -> net(machine, ours, nic).ifPresent(text -> set.put(NicPlan.device(nic.number()), text)));
        var delete = new TreeSet<>(options.delete());
        var current = nics.stream().map(HardwareRecord::attached).toList();
        var gone = new ArrayList<AttachedInterface>();
        var going = new ArrayList<AttachedInterface>();
        for (var stale : places.stale()) {
            var used = current.stream().anyMatch(nic -> nic.device().equals(stale.device()));
            var there = !used && isThere(ours, stale);
            if (there) {
                delete.add(stale.device());
            }
            var waits = there || ours.pending().contains(stale.device()) || set.containsKey(stale.device());
            (waits ? going : gone).add(stale);
        }
        var interfaces = concat(current, going);
        var intent =
                HardwareRecord.with(HardwareRecord.declaring(known, spec), disks.intent(), concat(interfaces, gone));
        var reached = new GuestHardware(
                disks.reached(), interfaces, kept(machine, ours, known), sorted(spec.tags()), known.pool());
        return new HardwarePlan(
                disks.grow(),
                set,
                delete,
                intent,
                reached,
                gone,
                nics,
                concat(firmware.never(), options.never()),
                concat(disks.remarks(), firmware.remarks()));
    }

    /** The next step; empty when nothing is left to be done. */
    Optional<Step.Hardware> step(Machine machine, Progress progress, GuestSight.Ours ours) {
        var guest = ours.id();
        if (grow.isPresent()) {
            return Optional.of(
                    new Step.Grow(guest, grow.get().device(), grow.get().bytes()));
        }
        if (!set.isEmpty() || !delete.isEmpty()) {
            return Optional.of(
                    progress.hardware().equals(Optional.of(intent))
                            ? new Step.Configure(
                                    guest, set, delete, ours.config().digest())
                            : new Step.Note(guest, intent));
        }
        var pool = machine.getSpec().pool();
        if (!Objects.equals(pool, reached.pool())) {
            return Optional.of(new Step.Assign(guest, Optional.ofNullable(reached.pool()), Optional.ofNullable(pool)));
        }
        return stale.isEmpty() ? Optional.empty() : Optional.of(new Step.Unplug(guest, stale, reached, nics));
    }

    /** Numbers of interfaces that somebody else has plugged in. */
    static Set<Integer> taken(GuestSight.Ours ours, List<AttachedInterface> known) {
        var taken = new TreeSet<>(NicPlan.numbers(ours.config()));
        known.forEach(nic -> taken.remove(NicPlan.number(nic.device())));
        return taken;
    }

    private static Optional<String> net(Machine machine, GuestSight.Ours ours, Nic nic) {
        var type = machine.getSpec().type();
        var actual = ours.config().get(NicPlan.device(nic.number()));
        if (actual.isEmpty()) {
            return Optional.of(NicSettings.of(type, nic));
        }
        return Progress.of(machine).adopted()
                ? NicSettings.replugged(nic, actual.get())
                : NicSettings.changed(type, nic, actual.get());
    }

    /** What has another MAC address by now is somebody else's. */
    private static boolean isThere(GuestSight.Ours ours, AttachedInterface nic) {
        return ours.config()
                .get(nic.device())
                .flatMap(NicSettings::mac)
                .filter(mac -> mac.equalsIgnoreCase(nic.mac()))
                .isPresent();
    }

    /** A TPM that stays is remembered for as long as it does. */
    private static List<String> kept(Machine machine, GuestSight.Ours ours, GuestHardware known) {
        var options = new TreeSet<>(HardwareRecord.options(machine.getSpec()));
        if (known.options().contains(FirmwarePlan.TPM)
                && ours.config().get(FirmwarePlan.TPM).isPresent()) {
            options.add(FirmwarePlan.TPM);
        }
        return List.copyOf(options);
    }

    private static List<String> sorted(List<String> tags) {
        return tags.stream().sorted().distinct().toList();
    }

    private static <T> List<T> concat(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
