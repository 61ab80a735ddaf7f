package cloud.pxc.operator.machine;

import cloud.pxc.crds.machine.HighAvailability;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.proxmox.HaResource;
import cloud.pxc.proxmox.RunState;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides on what Proxmox' high availability is told of a guest. Pure.
 *
 * <p>It starts and stops a guest that it is told of, also when somebody else asks for that: so it is told what the guest is to do,
 * and its work is awaited. What a person has told it of a machine whose spec has no {@code highAvailability} stays, but for that.
 */
final class HaPlan {

    /** By which the operator's own entries are known. */
    static final String COMMENT = "kept by the Proxmox Cloud Operator";

    private HaPlan() {}

    /** Empty where high availability has nothing to do with it, or is done. */
    static Optional<Step> next(Machine machine, Progress progress, GuestSight.Ours ours) {
        var wanted = machine.getSpec().highAvailability();
        var there = ours.available();
        if (wanted == null && there.isEmpty()) {
            return Optional.empty();
        }
        if (wanted == null && isOurs(there.get())) {
            return Optional.of(new Step.LeaveHa(ours.id()));
        }
        var runs = ours.state() != RunState.STOPPED;
        var restart = PowerPlan.restart(machine, progress).isPresent();
        if (restart && !runs) {
            return Optional.empty();
        }
        var state = restart || PowerPlan.wanted(machine) == RunState.STOPPED ? "stopped" : "started";
        var settings = settings(wanted, state);
        if (there.isEmpty()) {
            return Optional.of(new Step.TellHa(ours.id(), settings, true));
        }
        settings.entrySet().removeIf(setting -> isSo(there.get(), setting));
        if (!settings.isEmpty()) {
            return Optional.of(new Step.TellHa(ours.id(), settings, false));
        }
        return runs == state.equals("started")
                ? Optional.empty()
                : Optional.of(new Step.AwaitHa(ours.id(), state.equals("started")));
    }

    private static boolean isOurs(HaResource resource) {
        return resource.get("comment").filter(COMMENT::equals).isPresent();
    }

    /** What is not told is the default. */
    private static boolean isSo(HaResource there, Map.Entry<String, String> setting) {
        var told = there.get(setting.getKey()).orElseGet(() -> absent(setting.getKey()));
        return told.equals(setting.getValue())
                || told.equals("enabled") && setting.getValue().equals("started");
    }

    private static String absent(String key) {
        return switch (key) {
            case "state" -> "started";
            case "max_restart", "max_relocate" -> "1";
            default -> "";
        };
    }

    private static Map<String, String> settings(HighAvailability wanted, String state) {
        var settings = new TreeMap<String, String>();
        settings.put("state", state);
        if (wanted != null) {
            settings.put("comment", COMMENT);
            settings.put("max_restart", times(wanted.maxRestart()));
            settings.put("max_relocate", times(wanted.maxRelocate()));
            if (wanted.group() != null) {
                settings.put("group", wanted.group());
            }
        }
        return settings;
    }

    private static String times(Integer count) {
        return count == null ? "1" : count.toString();
    }
}
