package cloud.pxc.e2e.bench;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Vmid;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.util.regex.Pattern;

/** The person who does what the machines' conditions ask a person to: clears away what only root may. */
final class Caretaker implements AutoCloseable {

    private static final Pattern CLEARING = Pattern.compile("clear it away with: qm unlock (\\d+) &&");

    private final Herd herd;
    private final SimulatedProxmox proxmox;
    private final ProxmoxClient root;
    private int cleared;

    Caretaker(Herd herd, SimulatedProxmox proxmox) {
        this.herd = herd;
        this.proxmox = proxmox;
        this.root = Hand.of(proxmox);
    }

    void tidyUp() {
        for (var machine : herd.machines()) {
            var said = CLEARING.matcher(told(machine));
            if (said.find()) {
                clear(Integer.parseInt(said.group(1)));
            }
        }
    }

    int cleared() {
        return cleared;
    }

    private void clear(int vmid) {
        var guest = proxmox.guests().stream()
                .filter(each -> each.vmid() == vmid)
                .filter(each -> "create".equals(each.config().get("lock")))
                .findFirst();
        if (guest.isEmpty()) {
            return;
        }
        proxmox.faults().unlock(vmid);
        try {
            root.guests().destroy(new GuestId(GuestType.QEMU, guest.get().node(), new Vmid(vmid)));
            cleared++;
        } catch (ProxmoxException e) {
            // The storm is over the person too: asked for again by the same condition.
            proxmox.faults().lockHeld(vmid, "create");
        }
    }

    private static String told(Machine machine) {
        return machine.getStatus() == null
                ? ""
                : machine.getStatus().conditions().stream()
                        .filter(condition -> condition.getType().equals("Ready"))
                        .map(condition -> String.valueOf(condition.getMessage()))
                        .findFirst()
                        .orElse("");
    }

    @Override
    public void close() {
        root.close();
    }
}
