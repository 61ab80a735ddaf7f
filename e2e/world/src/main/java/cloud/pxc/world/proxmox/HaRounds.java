package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.time.Duration;

/** Does what is requested of guests that high availability is told of. As the real one it acts in its next round, some seconds later. */
final class HaRounds {
    private static final System.Logger LOG = System.getLogger(HaRounds.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final Duration SHUTDOWN = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Tasks tasks;
    private final Boots boots;

    HaRounds(Cluster cluster, Tasks tasks, Boots boots) {
        this.cluster = cluster;
        this.tasks = tasks;
        this.boots = boots;
    }

    boolean manages(Call call) {
        return cluster.findGuest(call.number("vmid"))
                .filter(cluster.ha()::manages)
                .isPresent();
    }

    /** What becomes of a start or stop of a guest that is managed: its task ends once that has been requested. */
    String request(Call call, String type, String state) {
        return tasks.fork(call, type, call.text("vmid"), log -> {
            var guest = cluster.findGuest(call.number("vmid")).orElseThrow();
            log.line("Requesting HA " + type.substring(2) + " for "
                    + guest.kind().word() + " " + guest.vmid());
            cluster.ha().change(HaResources.sid(guest), settings -> {
                settings.put("state", state);
                return settings;
            });
            nextRound(guest);
        });
    }

    /** Does what is requested by then. */
    void nextRound(Guest guest) {
        later(guest, () -> act(guest));
    }

    interface Action {
        void run() throws IOException, InterruptedException;
    }

    void later(Guest guest, Action action) {
        Thread.ofVirtual().name("ha-" + guest.vmid()).start(() -> {
            try {
                cluster.time().pass(ROUND);
                action.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "ha=" + HaResources.sid(guest) + " failed", e);
            }
        });
    }

    @SuppressWarnings("try") // a lock is held, not used
    private void act(Guest guest) throws IOException, InterruptedException {
        try (var held = guest.fileLock().exclusive(cluster.time(), FileLock.USUAL_WAIT)) {
            var there = cluster.findGuest(guest.vmid()).filter(guest::equals).isPresent();
            if (!there
                    || guest.lockReason().isPresent()
                    || !cluster.node(guest.node()).online()) {
                return;
            }
            var state = cluster.ha().state(guest).orElse("ignored");
            if (state.equals("started") && !guest.running()) {
                boots.start(guest);
                guest.started(cluster.time().now(), tasks.nextPid());
            } else if ((state.equals("stopped") || state.equals("disabled")) && guest.running()) {
                boots.shutDown(guest, SHUTDOWN);
                boots.stop(guest);
                guest.stopped();
            }
        }
    }
}
