package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Forks workers and remembers how they ended. */
final class Tasks implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Tasks.class.getName());
    private static final int FIRST_PID = 0x400;

    private final ScaledTime time;
    private final Map<String, Duration> durations;
    private final Capacity capacity;
    private final long startedNanos = System.nanoTime();
    private final AtomicInteger pids = new AtomicInteger(FIRST_PID);
    /** By pid, which grows with time. */
    private final ConcurrentSkipListMap<Integer, Task> tasks = new ConcurrentSkipListMap<>();

    /**
     * @param durations how long tasks of a type take in reality; one not named takes no time
     * @param copiesAtOnce how many disks each node fills at the same time
     */
    Tasks(ScaledTime time, Map<String, Duration> durations, int copiesAtOnce) {
        this.time = time;
        this.durations = Map.copyOf(durations);
        this.capacity = new Capacity(copiesAtOnce, time);
    }

    /** What a worker does; any exception is how the task fails. */
    interface Work {
        void run(TaskLog log) throws Exception;
    }

    int nextPid() {
        return pids.incrementAndGet();
    }

    /**
     * Forks a worker on the node the call is for.
     *
     * @param type such as {@code qmclone}
     * @param id what the task is about, mostly a VMID; may be empty
     * @return its UPID, which is what the API answers
     */
    String fork(Call call, String type, String id, Work work) {
        var uptimeCentiseconds = (System.nanoTime() - startedNanos) / 10_000_000;
        var upid = new Upid(
                call.text("node"),
                nextPid(),
                uptimeCentiseconds,
                time.epochSecond(),
                type,
                id,
                call.caller().id());
        var task = new Task(upid, call.caller());
        tasks.put(upid.pid(), task);
        var thread = Thread.ofVirtual().name(upid.toString()).unstarted(() -> run(task, call.taskFault(), work));
        task.runsOn(thread);
        thread.start();
        return upid.toString();
    }

    Optional<Task> find(Upid upid) {
        return Optional.ofNullable(tasks.get(upid.pid()))
                .filter(task -> task.upid().equals(upid));
    }

    /** Newest first. */
    List<Task> all() {
        return List.copyOf(tasks.descendingMap().values());
    }

    /** Ends what runs on a node that lost its power; nothing of it is cleaned up. */
    void endOn(String node) {
        for (var task : all()) {
            if (task.upid().node().equals(node) && task.running()) {
                task.end("unexpected status", time.epochSecond());
                task.losePower();
            }
        }
    }

    @Override
    public void close() {
        all().forEach(Task::interrupt);
    }

    private void run(Task task, Optional<String> fault, Work work) {
        try {
            work.run(new TaskLog() {
                @Override
                public void line(String text) {
                    task.line(text);
                }

                @Override
                public void work() throws InterruptedException {
                    pass(task);
                    if (fault.isPresent()) {
                        throw ApiException.failure(fault.get());
                    }
                }
            });
            task.end("OK", time.epochSecond());
        } catch (ApiException e) {
            task.end(e.inTask(), time.epochSecond());
        } catch (InterruptedException e) {
            task.end("interrupted by signal", time.epochSecond());
        } catch (PowerLost e) {
            LOG.log(System.Logger.Level.DEBUG, "task={0} ended with its node", task.upid());
        } catch (Exception e) {
            LOG.log(System.Logger.Level.ERROR, "task=" + task.upid() + " failed by a bug of the simulator", e);
            task.end("simulator: " + e, time.epochSecond());
        }
    }

    private void pass(Task task) throws InterruptedException {
        try {
            capacity.pass(task.upid(), durations.getOrDefault(task.upid().type(), Duration.ZERO));
        } catch (InterruptedException e) {
            if (task.lostPower()) {
                throw new PowerLost();
            }
            throw e;
        }
    }

    /** The worker is gone in the middle of its work; whoever cleans up after failures does not get to do so. */
    private static final class PowerLost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
