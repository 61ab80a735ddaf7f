package cloud.pxc.proxmox;

import java.time.Instant;
import java.util.Optional;

/**
 * A snapshot of a guest ({@code GET …/snapshot}).
 *
 * @param takenAt by the clock of the node
 * @param memory whether it holds the memory of a virtual machine too
 * @param parent the one that the guest was at when this was taken
 * @param unfinished {@code prepare} or {@code delete} while it is taken or deleted, and after that was cut off
 */
public record Snapshot(
        String name, Instant takenAt, boolean memory, Optional<String> parent, Optional<String> unfinished) {}
