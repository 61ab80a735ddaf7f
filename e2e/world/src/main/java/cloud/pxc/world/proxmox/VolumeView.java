package cloud.pxc.world.proxmox;

/**
 * What a test sees of a volume.
 *
 * @param node where it is; on a shared storage any node that has it
 * @param volid such as {@code local:iso/seed.iso} or {@code local-lvm:vm-100-disk-0}
 * @param content {@code images}, {@code rootdir}, {@code iso}, {@code vztmpl} or {@code import}
 */
public record VolumeView(String node, String volid, String content, long sizeBytes) {}
