package cloud.pxc.world.proxmox;

/**
 * A node of the simulated cluster.
 *
 * @param name its host name, such as {@code pve1}
 * @param cores logical processors, 1 or more
 * @param memoryBytes main memory
 */
public record NodeSpec(String name, int cores, long memoryBytes) {
    /** @throws IllegalArgumentException when the name is no host name or a number is not positive */
    public NodeSpec {
        Formats.check("pve-node", name);
        if (cores < 1 || memoryBytes < 1) {
            throw new IllegalArgumentException("Node " + name + " needs at least one core and some memory");
        }
    }
}
