package cloud.pxc.world.proxmox;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What faults do to the cluster itself: its nodes' power, and locks that somebody left. */
final class PowerSwitch implements Faults.Outages {
    private final Cluster cluster;
    private final Tasks tasks;
    private final Boots boots;
    private final Supplier<HttpFront> front;

    PowerSwitch(Cluster cluster, Tasks tasks, Boots boots, Supplier<HttpFront> front) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.boots = boots;
        this.front = front;
    }

    @Override
    public void powerOff(String node) {
        cluster.node(node).goOffline();
        front.get().silence(node);
        tasks.endOn(node);
        on(node).filter(Guest::running).forEach(guest -> {
            boots.kill(guest);
            guest.stopped();
        });
    }

    @Override
    public void powerOn(String node) {
        cluster.node(node).boot(cluster.time().now());
        front.get().listen(node);
        on(node).filter(guest -> guest.setting("onboot").filter("1"::equals).isPresent())
                .forEach(guest -> {
                    boots.boot(guest);
                    guest.started(cluster.time().now(), tasks.nextPid());
                });
    }

    private Stream<Guest> on(String node) {
        return cluster.guests().stream().filter(guest -> guest.node().equals(node));
    }

    @Override
    public void lock(int vmid, Optional<String> reason) {
        var guest = cluster.findGuest(vmid)
                .orElseThrow(() -> new IllegalArgumentException("There is no guest " + vmid + " to lock"));
        guest.change(config -> {
            config.remove("lock");
            reason.ifPresent(why -> config.put("lock", why));
        });
    }
}
