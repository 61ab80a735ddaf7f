package cloud.pxc.operator.machine;

import cloud.pxc.proxmox.Vmid;
import java.util.List;

/** What is leased to a machine alone. */
record Reservation(Vmid vmid, List<Nic> nics) {

    Reservation {
        nics = List.copyOf(nics);
    }

    List<String> addresses() {
        return nics.stream().flatMap(Nic::addresses).toList();
    }

    List<String> macs() {
        return nics.stream().map(Nic::mac).toList();
    }
}
