package cloud.pxc.proxmox;

import java.util.Optional;

/**
 * What a guest does at this moment ({@code GET …/status/current}), and the lock it is held by, if any.
 *
 * @param managed whether Proxmox VE's high availability starts, stops and moves it
 */
public record GuestState(RunState state, Optional<String> lock, boolean managed) {

    /** One that high availability has nothing to do with. */
    public GuestState(RunState state, Optional<String> lock) {
        this(state, lock, false);
    }
}
