package cloud.pxc.proxmox;

import java.util.Optional;

/** What a guest does at this moment ({@code GET …/status/current}), and the lock it is held by, if any. */
public record GuestState(RunState state, Optional<String> lock) {}
