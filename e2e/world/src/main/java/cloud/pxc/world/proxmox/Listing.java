package cloud.pxc.world.proxmox;

import java.util.List;

/** Data of an answer that says beside it how much there is in all. */
record Listing(List<?> data, int total) {}
