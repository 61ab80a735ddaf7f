package cloud.pxc.world.proxmox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A worker that was forked: running until it has an exit status. */
final class Task {
    private final Upid upid;
    private final Principal owner;
    private final List<String> log = new ArrayList<>();
    private String exitStatus;
    private long endEpochSecond;
    private final long begunNanos = System.nanoTime();
    private long endedNanos;
    private Thread thread;
    private boolean lostPower;

    Task(Upid upid, Principal owner) {
        this.upid = upid;
        this.owner = owner;
    }

    Upid upid() {
        return upid;
    }

    Principal owner() {
        return owner;
    }

    synchronized void line(String text) {
        log.add(text);
    }

    synchronized List<String> log() {
        return List.copyOf(log);
    }

    synchronized Optional<String> exitStatus() {
        return Optional.ofNullable(exitStatus);
    }

    synchronized boolean running() {
        return exitStatus == null;
    }

    synchronized void runsOn(Thread worker) {
        thread = worker;
    }

    /** Asks its worker to stop, and to clean up. */
    synchronized void interrupt() {
        if (running() && thread != null) {
            thread.interrupt();
        }
    }

    /** Its worker is no more. */
    synchronized void losePower() {
        lostPower = true;
        if (thread != null) {
            thread.interrupt();
        }
    }

    synchronized boolean lostPower() {
        return lostPower;
    }

    /** @param status {@code OK} or what went wrong; the first end counts */
    synchronized void end(String status, long epochSecond) {
        if (exitStatus == null) {
            exitStatus = status;
            endEpochSecond = epochSecond;
            endedNanos = System.nanoTime();
            log.add(status.equals("OK") ? "TASK OK" : "TASK ERROR: " + status);
        }
    }

    /** As {@code /tasks/{upid}/status} has it. */
    synchronized Map<String, Object> status() {
        var fields = identity();
        fields.put("status", running() ? "running" : "stopped");
        if (!running()) {
            fields.put("exitstatus", exitStatus);
        }
        return fields;
    }

    /** As an entry of a list of tasks, where {@code status} is how it ended. */
    synchronized Map<String, Object> entry() {
        var fields = identity();
        if (!running()) {
            fields.put("status", exitStatus);
            fields.put("endtime", endEpochSecond);
        }
        return fields;
    }

    synchronized TaskView view() {
        return new TaskView(
                upid.node(),
                upid.type(),
                upid.id(),
                owner.id(),
                Optional.ofNullable(exitStatus),
                begunNanos,
                running() ? OptionalLong.empty() : OptionalLong.of(endedNanos));
    }

    private Map<String, Object> identity() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("upid", upid.toString());
        fields.put("node", upid.node());
        fields.put("pid", upid.pid());
        fields.put("pstart", upid.pstart());
        fields.put("starttime", upid.startEpochSecond());
        fields.put("type", upid.type());
        fields.put("id", upid.id());
        fields.put("user", owner.user());
        if (owner.isToken()) {
            fields.put("tokenid", owner.tokenName());
        }
        return fields;
    }
}
