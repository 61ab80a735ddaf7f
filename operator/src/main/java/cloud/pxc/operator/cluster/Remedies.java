package cloud.pxc.operator.cluster;

import java.util.List;
import java.util.Set;

/** Commands that give a cluster what it lacks, for the shell of any of its nodes. */
public final class Remedies {

    private Remedies() {}

    /**
     * Grants at one path all that is needed there: a role at a path hides those above it, so that one of only what is missing
     * would take away the rest. Given to the user and, being separated from it, to the token too.
     *
     * @param tokenId {@code user@realm!name}
     * @param needed all privileges needed at that path
     */
    public static List<String> grant(String tokenId, String path, List<String> needed) {
        var user = tokenId.split("!")[0];
        var role = role(path, needed);
        return List.of(
                "pveum role add " + role + "; pveum role modify " + role + " --privs '" + String.join(" ", needed)
                        + "'",
                "pveum acl modify " + path + " --users '" + user + "' --tokens '" + tokenId + "' --roles " + role);
    }

    /** @param content all types that the storage is to take */
    static String allow(String storage, Set<String> content) {
        return "pvesm set " + storage + " --content " + String.join(",", content);
    }

    /** As docs/first-cluster.md names them: one for each kind of place, so that none gives more than is needed there. */
    private static String role(String path, List<String> needed) {
        if (path.equals("/")) {
            return "PxcSight";
        }
        return switch (path.split("/")[1]) {
            case "vms" -> "PxcGuests";
            case "storage" -> needed.contains("Datastore.AllocateTemplate") ? "PxcImages" : "PxcDisks";
            case "sdn" -> "PxcNetwork";
            default -> "PxcNodes";
        };
    }
}
