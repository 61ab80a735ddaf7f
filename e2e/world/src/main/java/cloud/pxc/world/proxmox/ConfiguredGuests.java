package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Nothing runs; guests have the addresses that they were configured with. */
class ConfiguredGuests implements Guests {
    private final Map<Integer, List<Interface>> running = new ConcurrentHashMap<>();

    @Override
    public void start(Boot boot) throws IOException {
        running.put(boot.vmid(), ConfiguredAddresses.of(boot));
    }

    @Override
    public void stop(int vmid) {
        running.remove(vmid);
    }

    @Override
    public Optional<List<Interface>> interfaces(int vmid) {
        return Optional.ofNullable(running.get(vmid));
    }
}
