package cloud.pxc.operator.doctor;

import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.TaskState;
import cloud.pxc.proxmox.Upid;
import java.time.Clock;

/** Waits for tasks. A look at one that gets no answer is taken again: the task goes on all the same. */
final class TaskEnd {

    private final ProxmoxClient client;
    private final Clock clock;
    private final Patience patience;

    TaskEnd(ProxmoxClient client, Clock clock, Patience patience) {
        this.client = client;
        this.clock = clock;
        this.patience = patience;
    }

    /** Has not ended in all that time. */
    static final class Overdue extends RuntimeException {
        private static final long serialVersionUID = 1;

        Overdue(Upid task, Patience patience, Seen last) {
            super("Task " + task.type() + " on " + task.node() + " has not ended within "
                    + patience.task().toSeconds() + " s"
                    + (last instanceof Seen.Nothing(var failure)
                            ? ", and when last asked: " + failure.getMessage()
                            : "")
                    + "; look at it with: pvenode task log '" + task + "'");
        }
    }

    /**
     * @throws ProxmoxException as which it failed
     * @throws Overdue when it does not end
     * @throws Interruption.Interrupted when that is wished meanwhile
     */
    void of(Upid task, Interruption interruption) {
        var deadline = clock.instant().plus(patience.task());
        while (true) {
            var seen = look(task);
            if (seen instanceof Seen.State(var state) && !state.running()) {
                if (state.failed()) {
                    throw client.tasks().failure(task);
                }
                return;
            }
            if (clock.instant().isAfter(deadline)) {
                throw new Overdue(task, patience, seen);
            }
            if (interruption.within(patience.look())) {
                throw new Interruption.Interrupted();
            }
        }
    }

    private sealed interface Seen {
        record State(TaskState state) implements Seen {}

        record Nothing(ProxmoxException failure) implements Seen {}
    }

    private Seen look(Upid task) {
        try {
            return new Seen.State(client.tasks().state(task));
        } catch (ProxmoxException.Unavailable e) {
            return new Seen.Nothing(e);
        }
    }
}
