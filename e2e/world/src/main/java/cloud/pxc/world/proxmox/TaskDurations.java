package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.util.Map;

/** How long tasks take on an ordinary node, by type. */
final class TaskDurations {
    static final Map<String, Duration> USUAL = Map.ofEntries(
            Map.entry("qmcreate", Duration.ofSeconds(4)),
            Map.entry("qmclone", Duration.ofSeconds(6)),
            Map.entry("qmtemplate", Duration.ofSeconds(1)),
            Map.entry("qmconfig", Duration.ofSeconds(1)),
            Map.entry("resize", Duration.ofSeconds(1)),
            Map.entry("qmstart", Duration.ofSeconds(2)),
            Map.entry("qmstop", Duration.ofSeconds(1)),
            Map.entry("qmshutdown", Duration.ofSeconds(5)),
            Map.entry("qmreboot", Duration.ofSeconds(6)),
            Map.entry("qmreset", Duration.ofSeconds(1)),
            Map.entry("qmdestroy", Duration.ofSeconds(2)),
            Map.entry("qmsnapshot", Duration.ofSeconds(2)),
            Map.entry("qmrollback", Duration.ofSeconds(3)),
            Map.entry("qmdelsnapshot", Duration.ofSeconds(2)),
            Map.entry("qmigrate", Duration.ofSeconds(15)),
            Map.entry("vzmigrate", Duration.ofSeconds(10)),
            Map.entry("vzcreate", Duration.ofSeconds(6)),
            Map.entry("vzstart", Duration.ofSeconds(2)),
            Map.entry("vzstop", Duration.ofSeconds(1)),
            Map.entry("vzshutdown", Duration.ofSeconds(3)),
            Map.entry("vzreboot", Duration.ofSeconds(4)),
            Map.entry("vzdestroy", Duration.ofSeconds(2)),
            Map.entry("vzsnapshot", Duration.ofSeconds(2)),
            Map.entry("vzrollback", Duration.ofSeconds(3)),
            Map.entry("vzdelsnapshot", Duration.ofSeconds(2)),
            Map.entry("imgcopy", Duration.ofSeconds(1)),
            Map.entry("imgdel", Duration.ofSeconds(1)),
            Map.entry("download", Duration.ofSeconds(3)));

    private TaskDurations() {}
}
