package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.AttachedInterface;
import cloud.pxc.proxmox.Vmid;
import java.util.List;

/**
 * What is leased to a machine alone.
 *
 * @param stale interfaces that it had for what its spec doesn't have any more
 */
record Reservation(Vmid vmid, List<Nic> nics, List<AttachedInterface> stale) {

    Reservation {
        nics = List.copyOf(nics);
        stale = List.copyOf(stale);
    }

    Reservation(Vmid vmid, List<Nic> nics) {
        this(vmid, nics, List.of());
    }

    List<String> addresses() {
        return nics.stream().flatMap(Nic::addresses).toList();
    }

    List<String> macs() {
        return nics.stream().map(Nic::mac).toList();
    }
}
