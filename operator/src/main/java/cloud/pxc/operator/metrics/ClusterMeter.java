package cloud.pxc.operator.metrics;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import cloud.pxc.operator.status.Conditions;
import cloud.pxc.proxmox.CallListener;
import cloud.pxc.proxmox.ProxmoxException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Of each ProxmoxCluster that is connected: {@code pxc_machines}, how many there are in each phase, and {@code
 * pxc_machines_unready}, how many are not ready, counted when somebody asks; and {@code pxc_proxmox_calls_seconds}, how many calls
 * it was asked for, how long they took, and what they came to.
 */
@ApplicationScoped
public class ClusterMeter {

    private static final String MACHINES = "pxc.machines";
    private static final String UNREADY = "pxc.machines.unready";
    private static final String CALLS = "pxc.proxmox.calls";
    private static final String CLUSTER = "cluster";

    private final MeterRegistry registry;
    private volatile Function<String, Collection<Machine>> machines = cluster -> List.of();

    public ClusterMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param existing the machines of a cluster that exist */
    public void know(Function<String, Collection<Machine>> existing) {
        machines = existing;
    }

    /** @return what counts its calls */
    public CallListener connected(String cluster) {
        for (var phase : Phase.values()) {
            Gauge.builder(MACHINES, () -> count(cluster, machine -> phase == phase(machine)))
                    .description("Machines by ProxmoxCluster and phase")
                    .tag(CLUSTER, cluster)
                    .tag("phase", phase.name())
                    .register(registry);
        }
        Gauge.builder(UNREADY, () -> count(cluster, machine -> !isReady(machine)))
                .description("Machines that are not ready, by ProxmoxCluster")
                .tag(CLUSTER, cluster)
                .register(registry);
        return (call, took, failure) -> count(cluster, call, took, failure);
    }

    public void disconnected(String cluster) {
        List.of(MACHINES, UNREADY, CALLS)
                .forEach(name ->
                        registry.find(name).tag(CLUSTER, cluster).meters().forEach(registry::remove));
    }

    private long count(String cluster, Predicate<Machine> which) {
        return machines.apply(cluster).stream().filter(which).count();
    }

    private static boolean isReady(Machine machine) {
        return machine.getStatus() != null
                && Conditions.isReady(machine.getStatus().conditions());
    }

    private static Phase phase(Machine machine) {
        var status = machine.getStatus();
        return status == null || status.phase() == null ? Phase.Pending : status.phase();
    }

    private void count(String cluster, String call, Duration took, Optional<ProxmoxException> failure) {
        Timer.builder(CALLS)
                .description("Calls of the Proxmox VE API")
                .tag(CLUSTER, cluster)
                .tag("call", call)
                .tag(
                        "outcome",
                        failure.map(why -> why.getClass().getSimpleName()).orElse("OK"))
                .register(registry)
                .record(took);
    }
}
