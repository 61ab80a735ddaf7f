package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.time.Duration;

/**
 * {@code …/status/*} of containers: whether one runs is checked before the task, everything else in it ({@code
 * PVE/API2/LXC/Status.pm}).
 */
@SuppressWarnings("try") // a lock is held, not used
final class LxcPower {
    private final Cluster cluster;
    private final Tasks tasks;
    private final Networks networks;
    private final Boots boots;
    private final HaRounds ha;

    LxcPower(Platform platform, Networks networks, Boots boots, HaRounds ha) {
        this.cluster = platform.cluster();
        this.tasks = platform.tasks();
        this.networks = networks;
        this.boots = boots;
        this.ha = ha;
    }

    void register(Router router) {
        router.on("POST /nodes/{node}/lxc/{vmid}/status/start", this::start);
        router.on("POST /nodes/{node}/lxc/{vmid}/status/stop", this::stop);
        router.on("POST /nodes/{node}/lxc/{vmid}/status/shutdown", this::shutdown);
        router.on("POST /nodes/{node}/lxc/{vmid}/status/reboot", this::reboot);
    }

    private Object start(Call call) {
        QemuCalls.rejectSkipLock(call);
        if (running(call)) {
            throw ApiException.failure("CT " + call.text("vmid") + " already running");
        }
        cluster.checkQuorum();
        if (ha.manages(call)) {
            return ha.request(call, "hastart", "started");
        }
        return fork(call, "vzstart", this::boot);
    }

    /** Starts a container as part of its creation. */
    void start(Call call, Guest guest) {
        tasks.fork(call, "vzstart", String.valueOf(guest.vmid()), log -> locked(guest, log, this::boot));
    }

    private void boot(Guest guest, TaskLog log) throws IOException, InterruptedException {
        if (guest.isTemplate()) {
            throw ApiException.failure("you can't start a CT if it's a template");
        }
        guest.checkLock();
        if (guest.running()) {
            throw ApiException.failure("CT " + guest.vmid() + " already running");
        }
        networks.checkBridgesExist(guest);
        log.work();
        boots.start(guest);
        guest.started(cluster.time().now(), tasks.nextPid());
    }

    private Object stop(Call call) {
        QemuCalls.rejectSkipLock(call);
        requireRunning(call, "CT");
        if (ha.manages(call)) {
            return ha.request(call, "hastop", "stopped");
        }
        return fork(call, "vzstop", (guest, log) -> {
            guest.checkLock();
            log.work();
            halt(guest);
        });
    }

    private Object shutdown(Call call) {
        requireRunning(call, "CT");
        if (ha.manages(call)) {
            return ha.request(call, "hastop", "stopped");
        }
        return fork(call, "vzshutdown", (guest, log) -> {
            guest.checkLock();
            if (boots.hearsShutdown(guest)) {
                log.work();
            }
            if (!boots.shutDown(guest, Duration.ofSeconds(call.number("timeout", 60)))) {
                if (!call.flag("forceStop")) {
                    throw ApiException.failure("container did not stop");
                }
                log.work();
            }
            halt(guest);
        });
    }

    private Object reboot(Call call) {
        requireRunning(call, "VM");
        return fork(call, "vzreboot", (guest, log) -> {
            guest.checkLock();
            log.work();
            if (boots.hearsShutdown(guest) && !boots.shutDown(guest, Duration.ofSeconds(call.number("timeout", 60)))) {
                throw ApiException.failure("container did not stop");
            }
            halt(guest);
            boots.start(guest);
            guest.started(cluster.time().now(), tasks.nextPid());
        });
    }

    private void halt(Guest guest) throws IOException {
        boots.stop(guest);
        guest.stopped();
    }

    private boolean running(Call call) {
        return cluster.findGuest(call.number("vmid")).filter(Guest::running).isPresent();
    }

    private void requireRunning(Call call, String word) {
        if (!running(call)) {
            throw ApiException.failure(word + " " + call.text("vmid") + " not running");
        }
    }

    private interface Work {
        void on(Guest guest, TaskLog log) throws IOException, InterruptedException;
    }

    private String fork(Call call, String type, Work work) {
        return tasks.fork(call, type, call.text("vmid"), log -> {
            var guest = cluster.guest(Guest.Kind.LXC, call.text("node"), call.number("vmid"));
            locked(guest, log, work);
        });
    }

    private void locked(Guest guest, TaskLog log, Work work) throws IOException, InterruptedException {
        if (guest.fileLock().busy()) {
            log.line("trying to acquire lock...");
        }
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            cluster.guest(guest.kind(), guest.node(), guest.vmid());
            work.on(guest, log);
        }
    }
}
