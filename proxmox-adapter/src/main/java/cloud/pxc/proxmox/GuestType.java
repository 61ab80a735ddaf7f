package cloud.pxc.proxmox;

import java.util.Locale;

/** What a guest is to Proxmox VE: a virtual machine or a container. */
public enum GuestType {
    QEMU,
    LXC;

    /** As in paths and in {@code /cluster/resources}: {@code qemu}, {@code lxc}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
