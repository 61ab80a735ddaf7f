package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many disks a node fills at the same time. Those who come later wait for the storage's lock, and give up as
 * {@code lock_file}
 * of {@code PVE/Tools.pm} does.
 */
final class Capacity {
    /** Those that copy or allocate disks. */
    private static final Set<String> COPYING = Set.of("qmcreate", "qmclone", "vzcreate");

    private final int copiesAtOnce;
    private final ScaledTime time;
    private final Map<String, Semaphore> nodes = new ConcurrentHashMap<>();

    /** @param copiesAtOnce on each node */
    Capacity(int copiesAtOnce, ScaledTime time) {
        this.copiesAtOnce = copiesAtOnce;
        this.time = time;
    }

    /** Lets the time of a task pass, once it is its turn. */
    void pass(Upid task, Duration duration) throws InterruptedException {
        if (!COPYING.contains(task.type())) {
            time.pass(duration);
            return;
        }
        var turns = nodes.computeIfAbsent(task.node(), unknown -> new Semaphore(copiesAtOnce, true));
        if (!turns.tryAcquire(time.real(FileLock.USUAL_WAIT).toMillis(), TimeUnit.MILLISECONDS)) {
            throw ApiException.failure("can't lock file '/var/lock/pve-manager/pve-storage-local-lvm' - got timeout");
        }
        try {
            time.pass(duration);
        } finally {
            turns.release();
        }
    }
}
