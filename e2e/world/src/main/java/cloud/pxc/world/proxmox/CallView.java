package cloud.pxc.world.proxmox;

import java.util.OptionalInt;

/**
 * A call as it was answered.
 *
 * @param caller user or token; empty where it was not known, or not looked at
 * @param call method and template: {@code PUT /nodes/{node}/qemu/{vmid}/config}
 * @param vmid of the guest that it was about
 * @param status of HTTP; 0 where the connection was dropped
 * @param begunNanos of {@link System#nanoTime}
 * @param endedNanos likewise
 */
public record CallView(String caller, String call, OptionalInt vmid, int status, long begunNanos, long endedNanos) {}
