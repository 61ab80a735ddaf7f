package cloud.pxc.world.proxmox;

import java.nio.file.Path;

/** All calls that there are: each group is made here and registers what it answers. */
final class Api {
    private final Platform platform;
    private final Router router;

    /** @param files folder for the bytes of volumes */
    Api(Platform platform, Boots boots, SimulatedProxmox.Builder builder, Path files) {
        this.platform = platform;
        router = new Router(platform.schema());
        var cluster = platform.cluster();
        var access = platform.access();
        var verification = platform.verification();
        var resources = new Resources(cluster, access, platform.storages());
        new ClusterCalls(cluster, access, resources, builder.version(), verification).register(router);
        new NodeCalls(cluster, access, builder.version(), builder.bridges()).register(router);
        new TaskCalls(platform.tasks(), access).register(router);

        var networks = new Networks(cluster, access, verification, builder.bridges());
        var disks = new QemuDisks(platform.storages(), access, verification);
        var rights = new ConfigRights(access);
        var ha = new HaRounds(cluster, platform.tasks(), boots);
        new HaCalls(cluster, ha).register(router);
        var power = new QemuPower(platform, networks, boots, ha);
        power.register(router);
        new QemuCalls(platform, disks, networks, rights, power, boots).register(router);
        new QemuConfigCalls(platform, disks, networks, rights).register(router);
        new QemuClone(platform, disks, networks).register(router);
        new QemuAgentCalls(platform, boots).register(router);
        new Migrations(platform, boots, ha).register(router);

        new StorageCalls(platform).register(router);
        new UploadCalls(platform, files).register(router);
        new DownloadCalls(platform, files, builder.templates()).register(router);
        new PoolCalls(platform, resources).register(router);

        var containerRights = new LxcRights(access, networks);
        var containerPower = new LxcPower(platform, networks, boots, ha);
        containerPower.register(router);
        new LxcCalls(platform, networks, containerRights, containerPower, boots).register(router);
        new LxcConfigCalls(platform, networks, containerRights).register(router);
        new SnapshotCalls(platform, boots, ha).register(router);
    }

    Gateway gateway(Faults faults, RequestLog requests) {
        return new Gateway(platform.cluster(), platform.access(), router, platform.verification(), faults, requests);
    }
}
