package cloud.pxc.world.proxmox;

/** What every group of calls stands on. */
record Platform(
        Cluster cluster, Access access, Tasks tasks, Storages storages, Schema schema, Verification verification) {}
