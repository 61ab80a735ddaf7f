package cloud.pxc.proxmox;

import java.util.Optional;

/**
 * How far a task is.
 *
 * @param running whether it still works
 * @param exit how it ended: {@code OK}, {@code WARNINGS: n}, or what went wrong
 */
public record TaskState(boolean running, Optional<String> exit) {

    /** Ended, and well: a task with warnings has done its work. */
    public boolean succeeded() {
        return !running
                && exit.filter(text -> text.equals("OK") || text.startsWith("WARNINGS: "))
                        .isPresent();
    }

    /** Ended, and not well; {@link Tasks#failure} tells why. */
    public boolean failed() {
        return !running && !succeeded();
    }
}
