package cloud.pxc.operator.stack;

import cloud.pxc.crds.stack.MachineSet;
import cloud.pxc.crds.stack.UpdateType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is done to those machines of a set that can't become what is declared as they run: a few at a time, and none while as
 * many as may are away already, for whatever cause. Pure, and without a memory: what has been begun shows in the machines.
 *
 * @param standings of the machines that stay
 * @param missing how many machines are declared beyond these
 * @param replace to be destroyed now, and made anew
 * @param restart to be restarted now
 * @param later whose turn comes later
 */
record Rollout(
        MachineSet set,
        boolean isProtected,
        List<Standing> standings,
        int missing,
        List<Standing> replace,
        List<Standing> restart,
        List<Standing> later) {

    static Rollout of(MachineSet set, boolean isProtected, List<Standing> machines, int missing) {
        var type = type(set);
        var standings = machines.stream()
                .sorted(Comparator.comparing(
                        standing -> standing.machine().getSpec().ordinal()))
                .toList();
        var candidates = standings.stream()
                .filter(standing -> isDue(type, isProtected, standing))
                .sorted(Comparator.comparing(Standing::isAvailable))
                .toList();
        var away = missing
                + standings.stream()
                        .filter(standing -> !standing.isAvailable() && !isDue(type, isProtected, standing))
                        .count();
        var free = Math.max(0, maxUnavailable(set) - away);
        var replace = new ArrayList<Standing>();
        var restart = new ArrayList<Standing>();
        candidates.stream()
                .limit(free)
                .forEach(standing -> (isReplaced(type, isProtected, standing) ? replace : restart).add(standing));
        return new Rollout(
                set,
                isProtected,
                standings,
                missing,
                replace,
                restart,
                candidates.stream().skip(free).toList());
    }

    Rollout {
        standings = List.copyOf(standings);
        replace = List.copyOf(replace);
        restart = List.copyOf(restart);
        later = List.copyOf(later);
    }

    UpdateType type() {
        return type(set);
    }

    int outOfDate() {
        return (int) standings.stream().filter(Standing::isOutOfDate).count();
    }

    /** Whether machines are being replaced or restarted, or will be. */
    boolean goesOn() {
        return !replace.isEmpty() || !restart.isEmpty() || !later.isEmpty();
    }

    /** What a restart is asked for with, as the value of the Machine's annotation. */
    String restartValue(Standing standing) {
        return standing.stackRestart().map(value -> "stack-" + value).orElseGet(standing::ofGeneration);
    }

    private static boolean isDue(UpdateType type, boolean isProtected, Standing standing) {
        return isReplaced(type, isProtected, standing) || isRestarted(type, standing);
    }

    private static boolean isReplaced(UpdateType type, boolean isProtected, Standing standing) {
        return type == UpdateType.Recreate && !isProtected && standing.isReplaceable();
    }

    private static boolean isRestarted(UpdateType type, Standing standing) {
        var asked = standing.stackRestart().isPresent() || type != UpdateType.InPlace && standing.isPending();
        return asked && !standing.isRestarting() && standing.isTouchable();
    }

    private static UpdateType type(MachineSet set) {
        var strategy = set.updateStrategy();
        return strategy == null || strategy.type() == null ? UpdateType.InPlace : strategy.type();
    }

    private static int maxUnavailable(MachineSet set) {
        var strategy = set.updateStrategy();
        return strategy == null || strategy.maxUnavailable() == null ? 1 : strategy.maxUnavailable();
    }
}
