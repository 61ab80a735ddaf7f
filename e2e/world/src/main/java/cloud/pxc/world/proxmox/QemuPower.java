package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.time.Duration;

/** {@code …/status/*} of virtual machines: start, stop, shutdown, reset, reboot. All check in the task, not before. */
@SuppressWarnings("try") // a lock is held, not used
final class QemuPower {
    private final Cluster cluster;
    private final Tasks tasks;
    private final Storages storages;
    private final Networks networks;
    private final Boots boots;
    private final HaRounds ha;

    QemuPower(Platform platform, Networks networks, Boots boots, HaRounds ha) {
        this.cluster = platform.cluster();
        this.tasks = platform.tasks();
        this.storages = platform.storages();
        this.networks = networks;
        this.boots = boots;
        this.ha = ha;
    }

    void register(Router router) {
        router.on("POST /nodes/{node}/qemu/{vmid}/status/start", this::start);
        router.on("POST /nodes/{node}/qemu/{vmid}/status/stop", this::stop);
        router.on("POST /nodes/{node}/qemu/{vmid}/status/shutdown", this::shutdown);
        router.on("POST /nodes/{node}/qemu/{vmid}/status/reset", this::reset);
        router.on("POST /nodes/{node}/qemu/{vmid}/status/reboot", this::reboot);
    }

    private Object start(Call call) {
        QemuCalls.rejectSkipLock(call);
        if (ha.manages(call)) {
            return ha.request(call, "hastart", "started");
        }
        return fork(call, "qmstart", (guest, log) -> boot(guest, log));
    }

    /** Starts a guest as part of another call. */
    void start(Call call, Guest guest) {
        tasks.fork(call, "qmstart", String.valueOf(guest.vmid()), log -> locked(guest, log, this::boot));
    }

    private void boot(Guest guest, TaskLog log) throws IOException, InterruptedException {
        guest.checkLock();
        if (guest.isTemplate()) {
            throw ApiException.failure("you can't start a vm if it's a template");
        }
        if (guest.running()) {
            throw ApiException.failure("VM " + guest.vmid() + " already running");
        }
        cluster.checkQuorum();
        if (guest.config().values().stream().anyMatch(Drives::isCloudInit)) {
            log.line("generating cloud-init ISO");
        }
        networks.checkBridgesExist(guest);
        checkVolumesExist(guest);
        log.work();
        boots.start(guest);
        guest.started(cluster.time().now(), tasks.nextPid());
    }

    /** An ISO that stayed behind on another node keeps it from starting. */
    private void checkVolumesExist(Guest guest) {
        guest.config().forEach((key, drive) -> {
            var volid = Drives.volume(drive);
            if (Drives.isDrive(Guest.Kind.QEMU, key)
                    && volid.contains(":")
                    && storages.find(volid, guest.node()).isEmpty()) {
                throw ApiException.failure("volume '" + volid + "' does not exist");
            }
        });
    }

    private Object stop(Call call) {
        QemuCalls.rejectSkipLock(call);
        if (ha.manages(call)) {
            return ha.request(call, "hastop", "stopped");
        }
        return fork(call, "qmstop", (guest, log) -> {
            guest.checkLock();
            log.work();
            halt(guest);
        });
    }

    /** A guest shuts down when it is told to, unless the guest itself can't hear it. */
    private Object shutdown(Call call) {
        QemuCalls.rejectSkipLock(call);
        if (ha.manages(call)) {
            return ha.request(call, "hastop", "stopped");
        }
        return fork(call, "qmshutdown", (guest, log) -> {
            guest.checkLock();
            if (!guest.running()) {
                throw ApiException.failure("VM " + guest.vmid() + " not running");
            }
            if (boots.hearsShutdown(guest)) {
                log.work();
            }
            if (!boots.shutDown(guest, Duration.ofSeconds(call.number("timeout", 60)))) {
                if (!call.flag("forceStop")) {
                    throw ApiException.failure("VM quit/powerdown failed - got timeout");
                }
                log.line("VM still running - terminating now with SIGTERM");
                log.work();
            }
            halt(guest);
        });
    }

    private Object reset(Call call) {
        QemuCalls.rejectSkipLock(call);
        requireRunning(call);
        return fork(call, "qmreset", (guest, log) -> {
            guest.checkLock();
            log.work();
            boots.start(guest);
        });
    }

    private Object reboot(Call call) {
        requireRunning(call);
        return fork(call, "qmreboot", (guest, log) -> {
            guest.checkLock();
            log.work();
            if (boots.hearsShutdown(guest) && !boots.shutDown(guest, Duration.ofSeconds(call.number("timeout", 60)))) {
                throw ApiException.failure("VM quit/powerdown failed - got timeout");
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

    private void requireRunning(Call call) {
        var running = cluster.findGuest(call.number("vmid")).filter(Guest::running);
        if (running.isEmpty()) {
            throw ApiException.failure("VM " + call.text("vmid") + " not running");
        }
    }

    private interface Work {
        void on(Guest guest, TaskLog log) throws IOException, InterruptedException;
    }

    private String fork(Call call, String type, Work work) {
        var vmid = call.number("vmid");
        return tasks.fork(call, type, String.valueOf(vmid), log -> {
            var guest = cluster.guest(Guest.Kind.QEMU, call.text("node"), vmid);
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
