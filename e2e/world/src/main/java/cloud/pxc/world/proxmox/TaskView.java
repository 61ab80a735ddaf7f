package cloud.pxc.world.proxmox;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A task as it went.
 *
 * @param id what it was about, mostly a VMID
 * @param caller user or token that started it
 * @param exitStatus empty while it runs
 * @param begunNanos of {@link System#nanoTime}
 * @param endedNanos likewise; empty while it runs
 */
public record TaskView(
        String node,
        String type,
        String id,
        String caller,
        Optional<String> exitStatus,
        long begunNanos,
        OptionalLong endedNanos) {}
