package cloud.pxc.operator.cluster;

import cloud.pxc.crds.cluster.ImageStatus;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.cluster.ProxmoxClusterSpec;
import cloud.pxc.operator.Steering;
import cloud.pxc.operator.cluster.ClusterNeeds.Shortfall;
import cloud.pxc.operator.status.Verdict;
import cloud.pxc.proxmox.ProxmoxException;
import java.util.List;
import java.util.stream.Collectors;

/** What is concluded of a cluster, and said of it. */
final class ClusterVerdicts {

    private ClusterVerdicts() {}

    static Verdict of(ProxmoxCluster cluster, ClusterFacts facts, List<ImageStatus> images, String tokenId) {
        var name = cluster.getMetadata().getName();
        var spec = cluster.getSpec();
        if (!facts.missing().isEmpty()) {
            return new Verdict.Failing(ClusterReason.PrivilegesMissing, missing(spec, tokenId, facts));
        }
        if (!facts.state().quorate()) {
            return new Verdict.Failing(
                    ClusterReason.NoQuorum,
                    "Proxmox cluster " + name + " has no quorum: only "
                            + facts.view().nodesOnline() + " of "
                            + facts.view().nodes().size()
                            + " nodes are online, so nothing can be changed; bring nodes back (pvecm status)");
        }
        var unsuitable = ClusterNeeds.of(spec).shortfalls(facts.view().storages()).stream()
                .map(ClusterVerdicts::problem)
                .toList();
        if (!unsuitable.isEmpty()) {
            return new Verdict.Failing(ClusterReason.StorageUnsuitable, String.join("; ", unsuitable));
        }
        var failed = images.stream()
                .filter(image -> image.message() != null)
                .map(image -> "image " + image.name() + ": " + image.message())
                .toList();
        if (!failed.isEmpty()) {
            return new Verdict.Failing(
                    ClusterReason.ImageFailed,
                    String.join("; ", failed)
                            + "; check the image's url and checksum in spec.images; it is tried again by itself");
        }
        var coming = images.stream()
                .filter(image -> !Boolean.TRUE.equals(image.ready()))
                .map(image -> image.name()
                        + (image.tasks().isEmpty()
                                ? ""
                                : " to " + String.join(", ", image.tasks().keySet())))
                .toList();
        if (!coming.isEmpty()) {
            return new Verdict.Progressing(
                    ClusterReason.FetchingImages, "Proxmox fetches " + String.join("; ", coming));
        }
        return new Verdict.Ready(
                ClusterReason.Healthy,
                "Proxmox VE " + facts.version().version() + " answers, "
                        + facts.view().nodesOnline() + " of "
                        + facts.view().nodes().size() + " nodes are online, all images are there");
    }

    static Verdict paused() {
        return new Verdict.Stalled(
                ClusterReason.Paused,
                "left alone while the annotation " + Steering.PAUSED + " is \"true\"; remove it to go on");
    }

    static Verdict of(ProxmoxCluster cluster, ProxmoxException failure) {
        var name = "ProxmoxCluster " + cluster.getMetadata().getName() + ": ";
        return switch (failure) {
            case ProxmoxException.Unauthenticated refused ->
                new Verdict.Failing(
                        ClusterReason.TokenRefused,
                        name + refused.getMessage() + "; put a valid token into Secret "
                                + cluster.getSpec().credentialsRef().namespace() + "/"
                                + cluster.getSpec().credentialsRef().name()
                                + " (keys tokenId, tokenSecret): pveum user token add pxc@pve operator");
            case ProxmoxException.Forbidden forbidden ->
                new Verdict.Failing(ClusterReason.PrivilegesMissing, name + forbidden.getMessage());
            case ProxmoxException.Unavailable down ->
                new Verdict.Failing(
                        ClusterReason.Unreachable,
                        name + down.getMessage()
                                + "; check spec.endpoints, spec.tls and the way from the operator to them; it is tried again by itself");
            case ProxmoxException.Untrusted untrusted ->
                new Verdict.Failing(
                        ClusterReason.Untrusted,
                        name + untrusted.getMessage()
                                + "; name the CA in spec.tls.caRef (/etc/pve/pve-root-ca.pem of any node) or the fingerprints in spec.tls.fingerprints");
            case ProxmoxException.NotFound missing -> refused(name, missing);
            case ProxmoxException.AlreadyExists there -> refused(name, there);
            case ProxmoxException.Locked locked -> refused(name, locked);
            case ProxmoxException.InvalidRequest invalid -> refused(name, invalid);
            case ProxmoxException.Changed changed -> refused(name, changed);
            case ProxmoxException.Refused refused -> refused(name, refused);
            case ProxmoxException.NotImplemented unknown -> refused(name, unknown);
        };
    }

    private static Verdict refused(String name, ProxmoxException failure) {
        return new Verdict.Failing(
                ClusterReason.Refused, name + failure.getMessage() + "; it is tried again by itself");
    }

    private static String missing(ProxmoxClusterSpec spec, String tokenId, ClusterFacts facts) {
        var needed = RequiredPrivileges.of(spec, facts.version());
        return facts.missing().entrySet().stream()
                .map(entry -> "Token " + tokenId + " lacks " + String.join(", ", entry.getValue()) + " on "
                        + entry.getKey() + "; grant it with: "
                        + String.join(" && ", Remedies.grant(tokenId, entry.getKey(), needed.get(entry.getKey()))))
                .collect(Collectors.joining("; "));
    }

    private static String problem(Shortfall shortfall) {
        return switch (shortfall) {
            case Shortfall.Absent(var storage, var known) ->
                "storage " + storage + " does not exist on any node (there are: " + String.join(", ", known)
                        + "); correct spec.storage, or add it in Proxmox";
            case Shortfall.Lacks(var storage, var content, var remedy) ->
                "storage " + storage + " does not take " + String.join(", ", content) + "; allow it with: " + remedy;
        };
    }
}
