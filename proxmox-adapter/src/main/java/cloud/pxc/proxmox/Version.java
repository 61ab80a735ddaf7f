package cloud.pxc.proxmox;

/**
 * @param version of pve-manager, such as {@code 9.2.11}
 * @param release such as {@code 9.2}
 */
public record Version(String version, String release) {}
