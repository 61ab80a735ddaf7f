package cloud.pxc.crds.machine;

/** What runs the machine. */
public enum MachineType {
    /** A virtual machine (QEMU). */
    vm,
    /** A container (LXC). */
    container
}
