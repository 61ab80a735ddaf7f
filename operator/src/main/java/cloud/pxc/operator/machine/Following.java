package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.Upid;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What is told of a machine while a task of Proxmox works on it, and when it is looked at again. */
@ApplicationScoped
class Following {

    private static final Map<String, MachineReason> REASONS = Map.ofEntries(
            Map.entry("imgcopy", MachineReason.Uploading),
            Map.entry("qmcreate", MachineReason.Creating),
            Map.entry("vzcreate", MachineReason.Creating),
            Map.entry("resize", MachineReason.Configuring),
            Map.entry("qmstart", MachineReason.Starting),
            Map.entry("vzstart", MachineReason.Starting),
            Map.entry("qmshutdown", MachineReason.Stopping),
            Map.entry("vzshutdown", MachineReason.Stopping),
            Map.entry("qmstop", MachineReason.Stopping),
            Map.entry("vzstop", MachineReason.Stopping),
            Map.entry("qmigrate", MachineReason.Migrating),
            Map.entry("vzmigrate", MachineReason.Migrating),
            Map.entry("hamigrate", MachineReason.Migrating));

    private final Clock clock;

    Following(Clock clock) {
        this.clock = clock;
    }

    /** Its end is told; should that be missed, it is looked at the more seldom, the longer it takes. */
    Outcome of(Progress progress, Upid task) {
        var age = Duration.between(task.startedAt(), clock.instant());
        var pause = Duration.ofMillis(Math.clamp(age.toMillis(), 2_000, 15_000));
        return new Outcome(
                progress.withTask(Optional.of(task)),
                progress.created() && phase(task) == Phase.Pending ? Phase.Configuring : phase(task),
                new Verdict.Progressing(reason(task), doing(task)),
                Optional.of(pause));
    }

    private static String doing(Upid task) {
        if (task.type().equals("imgdel")) {
            return "removing cloud-init data from " + task.node();
        }
        return switch (reason(task)) {
            case Uploading -> "uploading cloud-init data to " + task.node();
            case Creating -> "creating guest " + task.guest() + " on " + task.node();
            case Starting -> "starting guest " + task.guest() + " on " + task.node();
            case Migrating -> "moving guest " + task.guest() + " away from " + task.node();
            case Stopping -> "shutting down guest " + task.guest() + " on " + task.node();
            default -> "Proxmox works on guest " + task.guest() + " on " + task.node() + " (" + task.type() + ")";
        };
    }

    private static MachineReason reason(Upid task) {
        return REASONS.getOrDefault(task.type(), MachineReason.Configuring);
    }

    private static Phase phase(Upid task) {
        return switch (reason(task)) {
            case Uploading -> Phase.Pending;
            case Creating -> Phase.Creating;
            case Starting -> Phase.Starting;
            case Stopping -> Phase.Stopping;
            case Migrating -> Phase.Migrating;
            default -> Phase.Configuring;
        };
    }
}
