package cloud.pxc.world.proxmox;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the lists and {@code status/current} say of a guest. */
final class GuestStatus {
    private static final long MEBIBYTE = 1024L * 1024;

    private GuestStatus() {}

    static long memoryBytes(Guest guest) {
        return guest.setting("memory")
                        .map(text -> text.replaceFirst("^current=", "").replaceFirst(",.*$", ""))
                        .map(Long::parseLong)
                        .orElse(512L)
                * MEBIBYTE;
    }

    static int processors(Guest guest) {
        var sockets = guest.setting("sockets").map(Integer::parseInt).orElse(1);
        return sockets * guest.setting("cores").map(Integer::parseInt).orElse(1);
    }

    /** Size of the disk it boots from. */
    static long diskBytes(Guest guest) {
        return Drives.bootDisk(guest).map(Drives::sizeBytes).orElse(0L);
    }

    static long uptimeSeconds(Guest guest, Cluster cluster) {
        return guest.startedAt()
                .map(cluster::since)
                .map(uptime -> Math.max(uptime.toSeconds(), 1))
                .orElse(0L);
    }

    /** As in {@code GET /nodes/{node}/qemu} and {@code …/lxc}. */
    static Map<String, Object> entry(Guest guest, Cluster cluster) {
        var running = guest.running();
        var fields = new LinkedHashMap<String, Object>();
        fields.put("vmid", guest.vmid());
        fields.put("name", guest.name());
        fields.put("status", running ? "running" : "stopped");
        if (guest.isTemplate()) {
            fields.put("template", 1);
        }
        guest.setting("tags").ifPresent(tags -> fields.put("tags", tags));
        guest.lockReason().ifPresent(lock -> fields.put("lock", lock));
        fields.put("cpus", processors(guest));
        fields.put("cpu", running ? 0.01 : 0);
        fields.put("maxmem", memoryBytes(guest));
        fields.put("mem", running ? memoryBytes(guest) / 4 : 0);
        fields.put("memhost", running ? memoryBytes(guest) / 4 : 0);
        fields.put("maxdisk", diskBytes(guest));
        fields.put("disk", 0);
        fields.put("netin", 0);
        fields.put("netout", 0);
        fields.put("uptime", uptimeSeconds(guest, cluster));
        if (running) {
            fields.put("pid", guest.pid());
        }
        if (guest.setting("serial0").isPresent()) {
            fields.put("serial", 1);
        }
        if (guest.kind() == Guest.Kind.LXC) {
            fields.put("type", "lxc");
            fields.remove("memhost");
        }
        return fields;
    }

    /** As in {@code GET …/status/current}. */
    static Map<String, Object> current(Guest guest, Cluster cluster) {
        var fields = entry(guest, cluster);
        fields.put(
                "ha",
                cluster.ha().manages(guest)
                        ? Map.of(
                                "managed", 1, "state", cluster.ha().state(guest).orElseThrow())
                        : Map.of("managed", 0));
        if (guest.kind() == Guest.Kind.QEMU) {
            fields.put("qmpstatus", guest.running() ? "running" : "stopped");
            guest.setting("agent")
                    .filter(agent -> agent.matches("(enabled=)?1.*"))
                    .ifPresent(on -> fields.put("agent", 1));
        }
        return fields;
    }
}
