package cloud.pxc.operator.metrics;

import cloud.pxc.proxmox.CallListener;
import cloud.pxc.proxmox.ProxmoxException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * {@code pxc_proxmox_calls_seconds}: how many calls each Proxmox VE was asked for, how long they took, and what they came to:
 * {@code OK}, or the kind of failure, for example {@code Unavailable} or {@code Locked}.
 */
@ApplicationScoped
public class ProxmoxMeter {

    private final MeterRegistry registry;

    public ProxmoxMeter(MeterRegistry registry) {
        this.registry = registry;
    }

    /** What counts the calls of that ProxmoxCluster. */
    public CallListener of(String cluster) {
        return (call, took, failure) -> Timer.builder("pxc.proxmox.calls")
                .description("Calls of the Proxmox VE API")
                .tag("cluster", cluster)
                .tag("call", call)
                .tag("outcome", outcome(failure))
                .register(registry)
                .record(took);
    }

    private static String outcome(Optional<ProxmoxException> failure) {
        return failure.map(why -> why.getClass().getSimpleName()).orElse("OK");
    }
}
