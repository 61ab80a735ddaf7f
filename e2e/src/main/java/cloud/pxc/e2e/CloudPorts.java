package cloud.pxc.e2e;

import cloud.pxc.world.Ports;
import cloud.pxc.world.World;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the parts that the samples speak of listen, on 127.0.0.1.
 *
 * @param proxmox of the first node; the other two follow
 */
record CloudPorts(
        int primary, int primaryControl, int secondary, int secondaryControl, int acme, int proxmox, int images) {

    /** Those that stand in the samples. */
    static final CloudPorts OF_SAMPLES = new CloudPorts(15353, 15953, 15354, 15954, 15400, 15806, 15880);

    static final int NODES = 3;

    /** Free ones, so that several clouds can stand side by side. */
    static CloudPorts free() {
        var ports = Ports.free(6);
        return new CloudPorts(
                ports.get(0),
                ports.get(1),
                ports.get(2),
                ports.get(3),
                ports.get(4),
                Ports.inARow(NODES),
                ports.get(5));
    }

    /** Those of the samples, unless the command line says {@code --free-ports}. */
    static CloudPorts of(String... arguments) {
        return List.of(arguments).contains("--free-ports") ? free() : OF_SAMPLES;
    }

    World.FixedPorts ofWorld() {
        return new World.FixedPorts(primary, primaryControl, secondary, secondaryControl, acme, proxmox);
    }

    /** @throws IllegalStateException if somebody listens on one of them already */
    void mustBeFree() {
        IntStream.concat(
                        IntStream.of(primary, primaryControl, secondary, secondaryControl, acme, images),
                        IntStream.range(proxmox, proxmox + NODES))
                .filter(port -> !Ports.isFree(port))
                .findFirst()
                .ifPresent(port -> {
                    throw new IllegalStateException("Port " + port + " of 127.0.0.1, which the samples name, is taken;"
                            + " end whatever listens there (another make world or make demo?), and start again");
                });
    }
}
