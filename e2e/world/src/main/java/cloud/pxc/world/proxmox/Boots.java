package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Hands guests to what runs as them, with the files that their drives really hold. */
final class Boots {
    private final Storages storages;
    private final Guests guests;
    private final ScaledTime time;

    Boots(Storages storages, Guests guests, ScaledTime time) {
        this.storages = storages;
        this.guests = guests;
        this.time = time;
    }

    /** Starts it with what was pending, anew if it runs. */
    void start(Guest guest) throws IOException {
        guest.applyPending();
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

    /** Presses its power button. @return whether it has ended within the patience */
    boolean shutDown(Guest guest, Duration patience) throws IOException, InterruptedException {
        if (!hearsShutdown(guest)) {
            time.pass(patience);
            return false;
        }
        return guests.shutDown(guest.vmid(), patience);
    }

    void created(Guest guest, List<String> sshPublicKeys) throws IOException {
        guests.created(guest.vmid(), sshPublicKeys);
    }

    void destroyed(Guest guest) throws IOException {
        guests.destroyed(guest.vmid());
    }

    void snapshotTaken(Guest guest, String name) throws IOException {
        guests.snapshotTaken(guest.vmid(), name);
    }

    void rolledBack(Guest guest, String name) throws IOException {
        guests.rolledBack(guest.vmid(), name);
    }

    void snapshotDeleted(Guest guest, String name) throws IOException {
        guests.snapshotDeleted(guest.vmid(), name);
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
