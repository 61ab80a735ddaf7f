package cloud.pxc.crds.machine;

/** What a virtual machine boots by. */
public enum FirmwareType {
    /** SeaBIOS. */
    bios,
    /** OVMF, with its variables on a disk of their own. */
    uefi
}
