package cloud.pxc.world;

import cloud.pxc.world.guest.NspawnGuests;
import java.util.Optional;

/** What the simulated Proxmox VE of a world starts as its guests. */
public enum GuestBackend {
    /** Nothing runs; guests have the addresses they were configured with. For thousands of them. */
    NONE,

    /** A real Debian each, booted by systemd-nspawn; about 45 MB of memory a guest, as root on Linux. */
    NSPAWN;

    /** Why it can't be had on this machine, with the remedy; empty when it can. */
    public Optional<String> obstacle() {
        return switch (this) {
            case NONE -> Optional.empty();
            case NSPAWN -> NspawnGuests.obstacle();
        };
    }

    /** Real guests where they can be had. */
    public static GuestBackend best() {
        return NSPAWN.obstacle().isEmpty() ? NSPAWN : NONE;
    }
}
