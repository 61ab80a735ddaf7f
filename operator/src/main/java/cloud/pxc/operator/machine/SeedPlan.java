package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.Machine;
import java.util.Optional;
import java.util.function.Supplier;

/** Decides what becomes of a machine's cloud-init drive before its guest is started or left as it is. Pure. */
final class SeedPlan {

    static final String DRIVE = "ide2";

    private SeedPlan() {}

    /**
     * @param planned what is next otherwise
     * @param wanted what the ISO is to be told by, asked only where it matters; empty where nothing is known that it should be
     *     instead of what it is
     */
    static Step before(
            Step planned, Machine machine, Progress progress, GuestSight guest, Supplier<Optional<String>> wanted) {
        return switch (planned) {
            case Step.Create create -> isOther(progress, wanted.get()) ? new Step.UploadSeed() : planned;
            case Step.Start start -> drive(planned, machine, progress, guest, wanted);
            case Step.Settle settle -> drive(planned, machine, progress, guest, wanted);
            case Step other -> other;
        };
    }

    private static Step drive(
            Step planned, Machine machine, Progress progress, GuestSight guest, Supplier<Optional<String>> wanted) {
        if (!(guest instanceof GuestSight.Ours ours)) {
            return planned;
        }
        var now = ours.config().get(DRIVE).map(SeedPlan::volume);
        // A rollback brings back the drive as it was, and not what was in it.
        var broughtBack = now.filter(volume -> isOurs(machine, volume))
                .filter(volume -> !progress.seed().equals(Optional.of(volume)))
                .isPresent();
        if (progress.seed().isEmpty()) {
            return broughtBack ? new Step.DetachSeed(ours.id(), now) : planned;
        }
        if (isToBeDetached(machine, progress)) {
            return new Step.DetachSeed(ours.id(), now);
        }
        return broughtBack || isOther(progress, wanted.get()) ? new Step.RenewSeed(ours.id(), now) : planned;
    }

    private static boolean isOther(Progress progress, Optional<String> wanted) {
        return wanted.isPresent() && progress.seed().isPresent() && !wanted.equals(progress.seedHash());
    }

    static boolean isToBeDetached(Machine machine, Progress progress) {
        var cloudInit = machine.getSpec().cloudInit();
        return progress.booted()
                && progress.seed().isPresent()
                && cloudInit != null
                && Boolean.TRUE.equals(cloudInit.detachAfterFirstBoot());
    }

    static boolean isOurs(Machine machine, String volume) {
        return MachineIdentity.isSeedOf(machine, volume.substring(volume.lastIndexOf('/') + 1));
    }

    private static String volume(String drive) {
        return drive.split(",")[0];
    }
}
