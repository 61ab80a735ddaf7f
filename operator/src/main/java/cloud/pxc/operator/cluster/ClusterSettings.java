package cloud.pxc.operator.cluster;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What an installation may set of Proxmox clusters. */
@ConfigMapping(prefix = "pxc.proxmox")
public interface ClusterSettings {

    /** How often each cluster is asked for all its guests, nodes and storages: one call. */
    @WithDefault("5s")
    Duration poll();

    /** How often a node is asked which tasks run, while any is waited for: one call for all of them. */
    @WithDefault("200ms")
    Duration taskPoll();

    /**
     * How many guests are made on a node at the same time, from the upload of their cloud-init data until they are there;
     * further ones wait for their turn.
     */
    @WithDefault("8")
    int creationsPerNode();

    /** How often privileges, storages and images are looked at when nothing has changed. */
    @WithDefault("1h")
    Duration recheck();

    /** How long to wait after a failure; doubled with each further one in a row. */
    @WithDefault("1s")
    Duration retryFirst();

    /** How long to wait at most. */
    @WithDefault("1m")
    Duration retryMax();

    /** How many machines leave a node that is drained at the same time. */
    @WithDefault("2")
    int leavingAtOnce();

    /** How long a machine may take to shut down before its power is cut. */
    @WithDefault("3m")
    Duration shutdown();
}
