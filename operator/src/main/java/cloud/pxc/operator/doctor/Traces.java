package cloud.pxc.operator.doctor;

import cloud.pxc.proxmox.Upid;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What has to be gone at the end, written down before it is made: an answer that is lost changes nothing here. */
final class Traces {

    private final Deque<Trace> made = new ArrayDeque<>();
    private final Set<Upid> unfinished = new LinkedHashSet<>();

    void add(Trace trace) {
        made.push(trace);
    }

    /** It turned out to be somebody else's. */
    void forget(Trace trace) {
        made.remove(trace);
    }

    void began(Upid task) {
        unfinished.add(task);
    }

    void ended(Upid task) {
        unfinished.remove(task);
    }

    /** The last first. */
    List<Trace> all() {
        return List.copyOf(made);
    }

    List<Upid> unfinished() {
        return List.copyOf(unfinished);
    }
}
