package cloud.pxc.operator.doctor;

import cloud.pxc.operator.cluster.Remedies;
import cloud.pxc.operator.cluster.RequiredPrivileges;
import cloud.pxc.operator.doctor.Facts.ClusterSight;
import cloud.pxc.operator.doctor.Facts.EndpointSight;
import cloud.pxc.proxmox.ClusterState;
import cloud.pxc.proxmox.GuestId;
import cloud.pxc.proxmox.GuestType;
import cloud.pxc.proxmox.ProxmoxException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is concluded of the facts: everything that is wrong, not only the first thing. */
final class Checkup {

    static final String ENDPOINT = "endpoint";
    static final String TOKEN = "token";
    static final String VERSION = "version";
    static final String QUORUM = "quorum";
    static final String NODE = "node";
    static final String PRIVILEGES = "privileges";
    static final String STORAGE = "storage";
    static final String NETWORK = "network";
    static final String VMIDS = "vmids";
    static final String LEFTOVER = "leftover";

    private static final int HTTPS_PORT = 443;

    private Checkup() {}

    static List<Finding> of(Inquiry inquiry, Facts facts) {
        var findings = new ArrayList<Finding>();
        facts.endpoints().forEach(endpoint -> findings.add(endpoint(inquiry, endpoint)));
        facts.cluster().ifPresent(cluster -> {
            findings.add(Finding.well(TOKEN, "Token " + inquiry.tokenId() + " is accepted"));
            findings.add(KnownVersions.judge(cluster.version()));
            findings.addAll(members(cluster));
            findings.addAll(privileges(inquiry, cluster));
            findings.addAll(StorageCheck.of(inquiry.needs(), cluster));
            findings.addAll(network(inquiry, cluster));
            findings.add(vmids(inquiry, cluster));
            findings.addAll(leftovers(cluster));
        });
        return findings;
    }

    private static Finding endpoint(Inquiry inquiry, EndpointSight sight) {
        var endpoint = sight.endpoint();
        if (sight.failure().isEmpty()) {
            return Finding.well(ENDPOINT, endpoint + " answers, and is who it should be");
        }
        return switch (sight.failure().get()) {
            case ProxmoxException.Unauthenticated unknown -> {
                var name = inquiry.tokenId().substring(inquiry.tokenId().indexOf('!') + 1);
                var user = inquiry.tokenId().split("!")[0];
                yield Finding.problem(
                        TOKEN,
                        unknown.getMessage() + "; if it is not there, make it (its secret is shown once)",
                        "pveum user add " + user,
                        "pveum user token add " + user + " " + name);
            }
            case ProxmoxException.Untrusted untrusted ->
                Finding.problem(
                        ENDPOINT,
                        untrusted.getMessage(),
                        "cat /etc/pve/pve-root-ca.pem    # save it here, and give it with --ca-file",
                        "pvenode cert info    # or give each node's fingerprint with --fingerprint");
            case ProxmoxException.Unavailable down ->
                Finding.problem(
                        ENDPOINT,
                        down.getMessage()
                                + "; check the address and the firewalls in between, and on the node that it runs",
                        "systemctl status pveproxy",
                        "ss -tlnp 'sport = :" + port(endpoint) + "'");
            case ProxmoxException.Forbidden denied -> Finding.problem(ENDPOINT, denied.getMessage());
            case ProxmoxException.NotFound missing -> Finding.problem(ENDPOINT, missing.getMessage());
            case ProxmoxException.AlreadyExists there -> Finding.problem(ENDPOINT, there.getMessage());
            case ProxmoxException.Locked locked -> Finding.problem(ENDPOINT, locked.getMessage());
            case ProxmoxException.InvalidRequest invalid -> Finding.problem(ENDPOINT, invalid.getMessage());
            case ProxmoxException.Changed changed -> Finding.problem(ENDPOINT, changed.getMessage());
            case ProxmoxException.Refused refused -> Finding.problem(ENDPOINT, refused.getMessage());
            case ProxmoxException.NotImplemented absent -> Finding.problem(ENDPOINT, absent.getMessage());
        };
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() < 0 ? HTTPS_PORT : endpoint.getPort();
    }

    private static List<Finding> members(ClusterSight cluster) {
        if (cluster.state().isEmpty()) {
            return List.of(Finding.note(
                    QUORUM, "Whether there is a quorum was not seen: the token lacks Sys.Audit on /, see privileges"));
        }
        var state = cluster.state().get();
        var online =
                state.nodes().stream().filter(ClusterState.NodeState::online).count();
        var count = online + " of " + state.nodes().size() + " nodes are online";
        var findings = new ArrayList<Finding>();
        findings.add(
                state.quorate()
                        ? Finding.well(QUORUM, "Cluster " + state.name() + " is quorate, " + count)
                        : Finding.problem(
                                QUORUM,
                                "Cluster " + state.name() + " has no quorum: " + count
                                        + ", so nothing can be changed; bring nodes back",
                                "pvecm status"));
        state.nodes().stream()
                .filter(node -> !node.online())
                .forEach(node -> findings.add(Finding.note(
                        NODE, "Node " + node.name() + " is offline: nothing of it was looked at", "pvecm nodes")));
        return findings;
    }

    private static List<Finding> privileges(Inquiry inquiry, ClusterSight cluster) {
        var required = RequiredPrivileges.of(inquiry.needs(), cluster.version());
        if (cluster.missing().isEmpty()) {
            return List.of(Finding.well(
                    PRIVILEGES,
                    "Token " + inquiry.tokenId() + " may do all that the operator does, on "
                            + String.join(", ", required.keySet())));
        }
        return cluster.missing().entrySet().stream()
                .map(entry -> new Finding(
                        Finding.Level.PROBLEM,
                        PRIVILEGES,
                        "Token " + inquiry.tokenId() + " lacks " + String.join(", ", entry.getValue()) + " on "
                                + entry.getKey(),
                        Remedies.grant(inquiry.tokenId(), entry.getKey(), required.get(entry.getKey()))))
                .toList();
    }

    private static List<Finding> network(Inquiry inquiry, ClusterSight cluster) {
        return inquiry.needs().plugs().stream()
                .flatMap(plug -> {
                    if (cluster.lacks(plug.path(), "SDN.Use")) {
                        return Stream.of(Finding.note(
                                NETWORK,
                                "Which nodes have bridge " + plug.bridge()
                                        + " was not seen: the token lacks SDN.Use on it, see privileges"));
                    }
                    var lacking = cluster.bridges().entrySet().stream()
                            .filter(entry -> !entry.getValue().contains(plug.bridge()))
                            .map(entry -> absent(plug.bridge(), entry.getKey(), entry.getValue()))
                            .toList();
                    return lacking.isEmpty()
                            ? Stream.of(Finding.well(
                                    NETWORK,
                                    "Bridge " + plug.bridge() + " is on "
                                            + String.join(
                                                    ", ", cluster.bridges().keySet())))
                            : lacking.stream();
                })
                .toList();
    }

    private static Finding absent(String bridge, String node, Iterable<String> there) {
        return Finding.problem(
                NETWORK,
                "Node " + node + " has no bridge " + bridge + " (it has: " + String.join(", ", there)
                        + "); make it there, or name another with --bridge",
                "pvesh get /nodes/" + node + "/network");
    }

    private static Finding vmids(Inquiry inquiry, ClusterSight cluster) {
        var range = inquiry.vmids();
        var taken = cluster.inventory().guests().stream()
                .map(guest -> guest.id().vmid().value())
                .filter(vmid -> vmid >= range.from() && vmid <= range.to())
                .count();
        var all = range.to() - range.from() + 1L;
        var sentence = (all - taken) + " of " + all + " VMIDs from " + range.from() + " to " + range.to() + " are free";
        return taken < all
                ? Finding.well(VMIDS, sentence)
                : Finding.problem(VMIDS, sentence + "; give a larger range with --vmids");
    }

    private static List<Finding> leftovers(ClusterSight cluster) {
        return cluster.inventory().guests().stream()
                .filter(guest -> guest.tags().contains(Exercise.TAG))
                .map(guest -> Finding.note(
                        LEFTOVER,
                        guest.id() + " (" + guest.name() + ") carries tag " + Exercise.TAG
                                + ": unless another exercise is under way just now, it is what one that was killed has left"
                                + " behind; remove it on its node",
                        removal(guest.id()).toArray(String[]::new)))
                .toList();
    }

    /** How a person removes a guest, on its node. */
    static List<String> removal(GuestId id) {
        var tool = id.type() == GuestType.QEMU ? "qm" : "pct";
        return List.of(tool + " stop " + id.vmid() + "; " + tool + " destroy " + id.vmid() + " --purge");
    }
}
