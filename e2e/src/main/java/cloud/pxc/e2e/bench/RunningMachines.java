package cloud.pxc.e2e.bench;

import cloud.pxc.crds.machine.Machine;
import cloud.pxc.e2e.Cloud;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Watches the machines of a herd, and when each became ready. */
final class RunningMachines implements AutoCloseable {

    private final Map<String, Long> readyNanos = new ConcurrentHashMap<>();
    private final SharedIndexInformer<Machine> informer;

    RunningMachines(Cloud cloud, Herd herd) {
        informer = cloud.admin()
                .resources(Machine.class)
                .inNamespace(herd.name())
                .inform(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(Machine machine) {
                        note(machine);
                    }

                    @Override
                    public void onUpdate(Machine before, Machine after) {
                        note(after);
                    }

                    @Override
                    public void onDelete(Machine machine, boolean unknown) {
                        readyNanos.remove(machine.getMetadata().getName());
                    }
                });
    }

    int count() {
        return readyNanos.size();
    }

    /** When the last of them became ready, by {@link System#nanoTime}. */
    long lastNanos() {
        return readyNanos.values().stream().mapToLong(Long::longValue).max().orElseThrow();
    }

    boolean isReady(String machine) {
        return readyNanos.containsKey(machine);
    }

    private void note(Machine machine) {
        var name = machine.getMetadata().getName();
        if (machine.getStatus() != null && Herd.isReady(machine.getStatus().conditions())) {
            readyNanos.putIfAbsent(name, System.nanoTime());
        } else {
            readyNanos.remove(name);
        }
    }

    @Override
    public void close() {
        informer.close();
    }
}
