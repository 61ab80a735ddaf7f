package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Hands guests to what runs as them, with the files that their drives really hold. */
final class Boots {
    private final Storages storages;
    private final Guests guests;

    Boots(Storages storages, Guests guests) {
        this.storages = storages;
        this.guests = guests;
    }

    void start(Guest guest) throws IOException {
        guests.start(new Guests.Boot(
                guest.vmid(), guest.kind().type(), guest.node(), guest.name(), guest.config(), cdroms(guest)));
    }

    void stop(Guest guest) throws IOException {
        guests.stop(guest.vmid());
    }

    /** Starts a guest that nobody waits for. */
    void boot(Guest guest) {
        try {
            start(guest);
        } catch (IOException e) {
            throw new UncheckedIOException("Guest " + guest.vmid() + " could not be started with its node", e);
        }
    }

    /** Ends a guest that nobody waits for. */
    void kill(Guest guest) {
        try {
            stop(guest);
        } catch (IOException e) {
            throw new UncheckedIOException("Guest " + guest.vmid() + " could not be ended with its node", e);
        }
    }

    boolean hearsShutdown(Guest guest) {
        return guests.hearsShutdown(guest.vmid());
    }

    Optional<List<Guests.Interface>> interfaces(Guest guest) {
        return guests.interfaces(guest.vmid());
    }

    private List<Path> cdroms(Guest guest) {
        return guest.config().entrySet().stream()
                .filter(entry -> Drives.isDrive(Guest.Kind.QEMU, entry.getKey()) && Drives.isCdrom(entry.getValue()))
                .map(entry -> Drives.volume(entry.getValue()))
                .flatMap(volid -> storages.find(volid, guest.node()).flatMap(Volume::file).stream())
                .toList();
    }
}
