package cloud.pxc.operator.doctor;

import cloud.pxc.operator.doctor.TaskEnd.Overdue;
import cloud.pxc.proxmox.GuestConfig;
import cloud.pxc.proxmox.ProxmoxClient;
import cloud.pxc.proxmox.ProxmoxException;
import cloud.pxc.proxmox.RunState;
import cloud.pxc.proxmox.Upid;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Takes away what a run has made. A guest has to be at its VMID and carry the tag and the name of the run; what does not is
 * somebody else's. What can't be removed is told, with the command that does.
 */
final class Cleanup {

    /** Type of a task that takes its time, and leaves nothing half done when it is stopped. */
    private static final String DOWNLOAD = "download";

    private final ProxmoxClient client;
    private final String tokenId;
    private final Patience patience;
    private final TaskEnd end;
    private final TaskEnd earlyEnd;
    private final Consumer<Finding> tell;
    /** Cleaning up is not interrupted. */
    private final Interruption never = new Interruption();

    /** @param tokenId whose tasks may be stopped */
    Cleanup(ProxmoxClient client, String tokenId, Patience patience, Clock clock, Consumer<Finding> tell) {
        this.client = client;
        this.tokenId = tokenId;
        this.patience = patience;
        this.end = new TaskEnd(client, clock, patience);
        this.earlyEnd = new TaskEnd(client, clock, patience.whenLeaving());
        this.tell = tell;
    }

    void remove(Traces traces) {
        var all = traces.all();
        traces.unfinished().forEach(this::settle);
        all.forEach(trace -> {
            if (trace instanceof Trace.Guest guest) {
                settle(guest);
            }
        });
        var left = all.stream().flatMap(trace -> remove(trace).stream()).toList();
        left.forEach(tell);
        if (!all.isEmpty() && left.isEmpty()) {
            tell.accept(Finding.well(Checkup.LEFTOVER, "Of the exercise nothing is left behind"));
        }
    }

    /** Tasks whose names we were not told, for the answer was lost. */
    private void settle(Trace.Guest guest) {
        try {
            persistently(() ->
                            client.tasks().running(guest.id().node(), guest.id().vmid()))
                    .stream()
                    .filter(task -> task.user().equals(tokenId))
                    .forEach(this::settle);
        } catch (ProxmoxException e) {
            tell.accept(Finding.note(
                    Checkup.LEFTOVER,
                    "Whether a task still works on " + guest.id() + " was not seen: " + e.getMessage()));
        }
    }

    /** How it ends does not matter: what it has left is looked at afterwards. */
    private void settle(Upid task) {
        try {
            if (!task.type().equals(DOWNLOAD)) {
                earlyEnd.of(task, never);
                return;
            }
        } catch (Overdue e) {
            tell.accept(Finding.note(Checkup.LEFTOVER, e.getMessage() + "; it is stopped"));
        } catch (ProxmoxException ended) {
            return;
        }
        try {
            client.tasks().stop(task);
            earlyEnd.of(task, never);
        } catch (ProxmoxException | Overdue e) {
            return;
        }
    }

    /** @return what is left, if anything is */
    private Optional<Finding> remove(Trace trace) {
        try {
            return persistently(() -> switch (trace) {
                case Trace.Guest guest -> removeGuest(guest);
                case Trace.File file -> removeFile(file);
            });
        } catch (ProxmoxException | Overdue e) {
            return Optional.of(
                    switch (trace) {
                        case Trace.Guest(var id, var name) ->
                            left(
                                    id + " (" + name + ") could not be removed: " + e.getMessage()
                                            + "; if it is there, remove it on its node",
                                    Checkup.removal(id));
                        case Trace.File file ->
                            left(
                                    file.volid() + " could not be removed from " + file.node() + ": " + e.getMessage()
                                            + "; if it is there, remove it on that node",
                                    List.of("pvesm free " + file.volid()));
                    });
        }
    }

    private Optional<Finding> removeGuest(Trace.Guest guest) {
        var id = guest.id();
        GuestConfig config;
        try {
            config = client.guests().config(id);
        } catch (ProxmoxException.NotFound e) {
            if (e.isGuest()) {
                return Optional.empty();
            }
            throw e;
        }
        if (!config.tags().contains(Exercise.TAG)
                || config.name().filter(guest.name()::equals).isEmpty()) {
            return Optional.of(left(
                    id + " does not carry tag " + Exercise.TAG + " and name " + guest.name()
                            + ", so it was left alone; look whose it is",
                    List.of("pvesh get /nodes/" + id.node() + "/" + id.type().word() + "/" + id.vmid() + "/config")));
        }
        if (client.guests().state(id).state() != RunState.STOPPED) {
            end.of(client.guests().stop(id), never);
        }
        end.of(client.guests().destroy(id), never);
        return Optional.empty();
    }

    private Optional<Finding> removeFile(Trace.File file) {
        var there = client.storages().content(file.node(), file.storage(), file.type()).stream()
                .anyMatch(volume -> volume.volid().equals(file.volid()));
        if (there) {
            client.storages().delete(file.node(), file.volid()).ifPresent(task -> end.of(task, never));
        }
        return Optional.empty();
    }

    /** What fails now may succeed a little later: a lock, an answer that got lost, a node that was slow. */
    private <T> T persistently(Supplier<T> call) {
        for (var tried = 1; ; tried++) {
            try {
                return call.get();
            } catch (ProxmoxException | Overdue e) {
                if (tried == patience.tries()) {
                    throw e;
                }
                never.within(patience.pause());
            }
        }
    }

    private static Finding left(String sentence, List<String> remedy) {
        return new Finding(Finding.Level.PROBLEM, Checkup.LEFTOVER, sentence, remedy);
    }
}
