package cloud.pxc.e2e.bench;

import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.time.Duration;
import java.util.Map;

/**
 * How long Proxmox works on a machine, and how many disks a node fills at the same time.
 *
 * @param scale real seconds per second of Proxmox
 */
record TaskTimes(double scale, int copiesAtOnce) {

    private static final Duration UPLOAD = Duration.ofSeconds(1);
    private static final Duration IMPORT = Duration.ofSeconds(4);
    private static final Duration GROW = Duration.ofSeconds(1);
    private static final Duration START = Duration.ofSeconds(2);
    private static final Map<String, Duration> TYPES =
            Map.of("imgcopy", UPLOAD, "qmcreate", IMPORT, "resize", GROW, "qmstart", START);

    /** {@code -Dpxc.bench.scale}: smaller is quicker, and harder to keep up with. */
    static TaskTimes usual() {
        return new TaskTimes(Double.parseDouble(System.getProperty("pxc.bench.scale", "1")), 4);
    }

    SimulatedProxmox.Builder on(SimulatedProxmox.Builder proxmox) {
        TYPES.forEach(proxmox::taskDuration);
        return proxmox.timeScale(scale).copiesAtOnce(copiesAtOnce);
    }

    /** From the first call to the last machine that runs, if no node were ever idle and nobody waited for anything else. */
    Duration ideal(int machines, int nodes) {
        var atOnce = nodes * copiesAtOnce;
        var rounds = (machines + atOnce - 1) / atOnce;
        return scaled(UPLOAD.plus(IMPORT.multipliedBy(rounds)).plus(GROW).plus(START));
    }

    private Duration scaled(Duration ofProxmox) {
        return Duration.ofNanos(Math.round(ofProxmox.toNanos() * scale));
    }
}
