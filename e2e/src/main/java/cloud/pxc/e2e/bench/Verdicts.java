package cloud.pxc.e2e.bench;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.world.proxmox.GuestView;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what must not be: compares machines with the guests and volumes that there are. Each is a sentence of its own. */
final class Verdicts {

    private Verdicts() {}

    /** Machines whose VMID another one has too. */
    static List<String> duplicates(List<Machine> machines) {
        var vmids = new HashSet<Integer>();
        return machines.stream()
                .filter(machine ->
                        vmid(machine).filter(vmid -> !vmids.add(vmid)).isPresent())
                .map(machine -> name(machine) + ": another machine has VMID "
                        + vmid(machine).orElseThrow() + " too")
                .toList();
    }

    /** Guests and cloud-init ISOs that are of no machine. */
    static List<String> orphans(List<Machine> machines, SimulatedProxmox proxmox) {
        var vmids = new HashMap<String, Optional<Integer>>();
        machines.forEach(machine -> vmids.put(tag(machine), vmid(machine)));
        var guests = proxmox.guests().stream()
                .filter(guest -> guest.tags().stream()
                        .noneMatch(tag -> Optional.of(guest.vmid()).equals(vmids.get(tag))))
                .map(guest -> guest + " is of no machine");
        var isos = proxmox.volumes().stream()
                .filter(volume -> volume.volid().endsWith(".iso"))
                .filter(volume -> vmids.keySet().stream().noneMatch(volume.volid()::contains))
                .map(volume -> volume.volid() + " on " + volume.node() + " is of no machine");
        return Stream.concat(guests, isos).toList();
    }

    /** Machines whose guest is not there, is there twice or does not run, guests and ISOs that are too many. */
    static List<String> differences(List<Machine> machines, SimulatedProxmox proxmox) {
        var all = proxmox.guests();
        var lacking = machines.stream().flatMap(machine -> {
            var guests = all.stream()
                    .filter(guest -> guest.tags().contains(tag(machine)))
                    .toList();
            return isOneRunning(guests)
                    ? Stream.empty()
                    : Stream.of(name(machine) + " has not one running guest, but " + guests);
        });
        return Stream.of(lacking, duplicates(machines).stream(), orphans(machines, proxmox).stream())
                .flatMap(found -> found)
                .toList();
    }

    private static boolean isOneRunning(List<GuestView> guests) {
        return guests.stream().filter(guest -> guest.status().equals("running")).count() == 1;
    }

    private static Optional<Integer> vmid(Machine machine) {
        return Optional.ofNullable(machine.getStatus()).map(status -> status.vmid());
    }

    private static String name(Machine machine) {
        return machine.getMetadata().getNamespace() + "/"
                + machine.getMetadata().getName();
    }

    private static String tag(Machine machine) {
        return "pxc-" + machine.getMetadata().getUid();
    }
}
