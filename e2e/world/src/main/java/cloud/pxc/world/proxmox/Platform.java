package cloud.pxc.world.proxmox;

/** What every group of calls stands on. */
record Platform(
        Cluster cluster, Access access, Tasks tasks, Storages storages, Schema schema, Verification verification) {
    static Platform of(Cluster cluster, Access access, Tasks tasks, Storages storages) {
        var schema = Schema.load();
        return new Platform(cluster, access, tasks, storages, schema, new Verification(schema));
    }
}
