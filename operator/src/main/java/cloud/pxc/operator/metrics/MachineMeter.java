package cloud.pxc.operator.metrics;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.machine.Phase;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** {@code pxc_machines}: how many machines each ProxmoxCluster has in each phase, counted when somebody asks. */
@ApplicationScoped
public class MachineMeter {

    private final MeterRegistry registry;
    private final Set<String> clusters = ConcurrentHashMap.newKeySet();
    private volatile Function<String, Collection<Machine>> machines = cluster -> List.of();

    MachineMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param existing the machines of a cluster that exist */
    public void know(Function<String, Collection<Machine>> existing) {
        machines = existing;
    }

    /** There is a machine of that cluster: its machines are counted from now on. */
    public void saw(String cluster) {
        if (clusters.add(cluster)) {
            for (var phase : Phase.values()) {
                Gauge.builder("pxc.machines", () -> count(cluster, phase))
                        .description("Machines by ProxmoxCluster and phase")
                        .tag("cluster", cluster)
                        .tag("phase", phase.name())
                        .register(registry);
            }
        }
    }

    private long count(String cluster, Phase phase) {
        return machines.apply(cluster).stream()
                .filter(machine -> phase == phase(machine))
                .count();
    }

    private static Phase phase(Machine machine) {
        var status = machine.getStatus();
        return status == null || status.phase() == null ? Phase.Pending : status.phase();
    }
}
