package cloud.pxc.world.proxmox;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code …/agent/*}: what the guest agent answers, once the guest has had time to start it. */
final class QemuAgentCalls {
    private static final Duration UNTIL_AGENT = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Boots boots;

    QemuAgentCalls(Platform platform, Boots boots) {
        this.cluster = platform.cluster();
        this.boots = boots;
    }

    void register(Router router) {
        router.on("POST /nodes/{node}/qemu/{vmid}/agent/ping", call -> {
            interfaces(call);
            return Map.of("result", Map.of());
        });
        router.on(
                "GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces",
                call -> Map.of(
                        "result",
                        interfaces(call).stream().map(InterfaceView::ofAgent).toList()));
    }

    private List<Guests.Interface> interfaces(Call call) {
        var guest = cluster.guest(Guest.Kind.QEMU, call.text("node"), call.number("vmid"));
        if (guest.setting("agent")
                .filter(agent -> agent.matches("(enabled=)?1(,.*)?"))
                .isEmpty()) {
            throw ApiException.failure("No QEMU guest agent configured");
        }
        var startedAt =
                guest.startedAt().orElseThrow(() -> ApiException.failure("VM " + guest.vmid() + " is not running"));
        if (cluster.since(startedAt).compareTo(cluster.time().real(UNTIL_AGENT)) < 0) {
            throw ApiException.failure("QEMU guest agent is not running");
        }
        return boots.interfaces(guest).orElseThrow(() -> ApiException.failure("QEMU guest agent is not running"));
    }
}
