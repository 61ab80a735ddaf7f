package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.operator.cluster.ClusterSettings;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.Upid;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Lets machines be looked at when the tasks that work on them have ended: one call for all that run on a node, while there are
 * any. Machines look by themselves too, only more seldom, so that nothing is lost with a call that fails.
 */
@ApplicationScoped
class TaskEnds {

    private static final Logger LOG = Logger.getLogger(TaskEnds.class);
    /** Nodes that do not answer hold up no others. */
    private static final int THREADS = 8;
    /** A node that gave no answer is asked so many times more seldom. */
    private static final int SELDOM = 10;

    private final Duration interval;
    private final Map<Place, Map<Upid, ResourceID>> awaited = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().name("task-ends-", 0).daemon().factory());
    private Consumer<ResourceID> wake = machine -> {};

    private record Place(ProxmoxClient client, String node) {}

    @Inject
    TaskEnds(ClusterSettings settings) {
        this(settings.taskPoll());
    }

    TaskEnds(Duration interval) {
        this.interval = interval;
    }

    /** @param again lets a machine be looked at */
    synchronized void know(Consumer<ResourceID> again) {
        wake = again;
    }

    /** Should a task work on it now, as far as is known. */
    void await(Outcome outcome, Situation.Usable usable, Machine machine) {
        outcome.progress()
                .task()
                .filter(task -> outcome.verdict() instanceof Verdict.Progressing)
                .ifPresent(task -> await(usable.client(), task, ResourceID.fromResource(machine)));
    }

    private synchronized void await(ProxmoxClient client, Upid task, ResourceID machine) {
        var place = new Place(client, task.node());
        if (!awaited.containsKey(place)) {
            awaited.put(place, new HashMap<>());
            lookAfter(interval, place);
        }
        awaited.get(place).put(task, machine);
    }

    private void lookAfter(Duration pause, Place place) {
        timer.schedule(() -> look(place), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look(Place place) {
        var asked = awaited(place);
        var pause = interval.multipliedBy(SELDOM);
        try {
            var running = Set.copyOf(place.client().tasks().running(place.node()));
            asked.keySet().stream().filter(task -> !running.contains(task)).forEach(task -> ended(place, task));
            pause = interval;
        } catch (ProxmoxException e) {
            LOG.debugf("node=%s tasks=%d seen=false cause=%s", place.node(), asked.size(), e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "node=%s tasks=%d seen=false", place.node(), asked.size());
        } finally {
            goOn(place, pause);
        }
    }

    private synchronized Map<Upid, ResourceID> awaited(Place place) {
        return Map.copyOf(awaited.get(place));
    }

    private synchronized void ended(Place place, Upid task) {
        wake.accept(awaited.get(place).remove(task));
    }

    private synchronized void goOn(Place place, Duration pause) {
        if (awaited.get(place).isEmpty()) {
            awaited.remove(place);
        } else {
            lookAfter(pause, place);
        }
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
    }
}
