package cloud.pxc.ledger;

import java.util.Objects;

/**
 * An object that holds something.
 *
 * @param cluster name of the Kubernetes cluster it is in; {@code local} for the management cluster
 * @param namespace empty for cluster-scoped objects
 * @param uid its {@code metadata.uid}
 */
public record Owner(String cluster, String namespace, String kind, String name, String uid) {

    /** The cluster the operator itself runs in. */
    public static final String LOCAL = "local";

    public Owner {
        Objects.requireNonNull(cluster, "cluster");
        namespace = namespace == null ? "" : namespace;
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uid, "uid");
    }

    /** Whether both may share a name: they are of one namespace. */
    public boolean sharesWith(Owner other) {
        return cluster.equals(other.cluster) && namespace.equals(other.namespace);
    }

    /** As a person is told of it, for example {@code namespace team-a (Ingress web)}. */
    public String describe() {
        var place = namespace.isEmpty() ? "the platform" : "namespace " + namespace;
        var where = cluster.equals(LOCAL) ? place : place + " of cluster " + cluster;
        return where + " (" + kind + " " + name + ")";
    }
}
