package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.AttachedDisk;
import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.crds.machine.GuestHardware;
import cloud.pxc.crds.machine.MachineSpec;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** What the status keeps of what a guest was given. */
final class HardwareRecord {

    static final GuestHardware NOTHING = new GuestHardware(null, null, null, null, null);

    private HardwareRecord() {}

    /** With what the spec has now, beside what it had. */
    static GuestHardware declaring(GuestHardware before, MachineSpec spec) {
        return new GuestHardware(
                before.disks(),
                before.interfaces(),
                union(before.options(), options(spec)),
                union(before.tags(), spec.tags()),
                before.pool());
    }

    static GuestHardware with(GuestHardware before, List<AttachedDisk> disks, List<AttachedInterface> interfaces) {
        return new GuestHardware(disks, interfaces, before.options(), before.tags(), before.pool());
    }

    static GuestHardware withInterfaces(GuestHardware before, List<AttachedInterface> interfaces) {
        return with(before, before.disks(), interfaces);
    }

    static GuestHardware inPool(GuestHardware before, String pool) {
        return new GuestHardware(before.disks(), before.interfaces(), before.options(), before.tags(), pool);
    }

    static AttachedInterface attached(Nic nic) {
        return new AttachedInterface(NicPlan.device(nic.number()), nic.network().name(), nic.mac());
    }

    /** Names of the settings that the spec gives by options, and of what it can give and never takes away. */
    static Collection<String> options(MachineSpec spec) {
        var options = new TreeSet<>(spec.options().keySet());
        if (Boolean.TRUE.equals(spec.tpm())) {
            options.add(FirmwarePlan.TPM);
        }
        return options;
    }

    private static List<String> union(Collection<String> one, Collection<String> other) {
        var all = new TreeSet<>(one);
        all.addAll(other);
        return List.copyOf(all);
    }
}
