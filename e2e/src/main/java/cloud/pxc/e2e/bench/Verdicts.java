package cloud.pxc.e2e.bench;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** Counts what must not be: compares machines with the guests and volumes that there are. */
final class Verdicts {

    private Verdicts() {}

    /** Machines whose VMID another one has too. */
    static long duplicates(List<Machine> machines) {
        var vmids = new HashSet<Integer>();
        return machines.stream()
                .map(machine ->
                        machine.getStatus() == null ? null : machine.getStatus().vmid())
                .filter(Objects::nonNull)
                .filter(vmid -> !vmids.add(vmid))
                .count();
    }

    /** Guests and cloud-init ISOs that are of no machine. */
    static long orphans(List<Machine> machines, SimulatedProxmox proxmox) {
        var vmids = new HashMap<String, Integer>();
        machines.forEach(machine -> vmids.put(
                tag(machine),
                machine.getStatus() == null ? null : machine.getStatus().vmid()));
        var guests = proxmox.guests().stream()
                .filter(guest -> guest.tags().stream().noneMatch(tag -> Objects.equals(vmids.get(tag), guest.vmid())))
                .count();
        var isos = proxmox.volumes().stream()
                .filter(volume -> volume.volid().endsWith(".iso"))
                .filter(volume -> vmids.keySet().stream().noneMatch(volume.volid()::contains))
                .count();
        return guests + isos;
    }

    /** Machines whose guest is not there, is there twice or does not run, guests and ISOs that are too many. */
    static long differences(List<Machine> machines, SimulatedProxmox proxmox) {
        var guests = proxmox.guests();
        var lacking = machines.stream()
                .filter(machine -> guests.stream()
                                .filter(guest -> guest.tags().contains(tag(machine)))
                                .filter(guest -> guest.status().equals("running"))
                                .count()
                        != 1)
                .count();
        return lacking + duplicates(machines) + orphans(machines, proxmox);
    }

    static String tag(Machine machine) {
        return "pxc-" + machine.getMetadata().getUid();
    }
}
