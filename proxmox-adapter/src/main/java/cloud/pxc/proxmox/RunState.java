package cloud.pxc.proxmox;

/** What a guest does. {@code UNKNOWN}: its node is offline, or nobody has looked yet. */
public enum RunState {
    RUNNING,
    STOPPED,
    PAUSED,
    UNKNOWN;

    /** @param word {@code status} or {@code qmpstatus} of the API */
    static RunState of(String word) {
        return switch (word) {
            case "running" -> RUNNING;
            case "stopped" -> STOPPED;
            case "paused", "suspended", "prelaunch" -> PAUSED;
            default -> UNKNOWN;
        };
    }
}
