package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * What runs as the guests: the seam behind "start". The simulated cluster keeps configurations, locks and tasks;
 * whether a machine is
 * really there, and which addresses it answers on, is said here.
 */
public interface Guests extends AutoCloseable {
    /**
     * A guest about to run.
     *
     * @param type {@code qemu} or {@code lxc}
     * @param config its configuration, as stored
     * @param cdroms the really uploaded ISOs in its CD-ROM drives, in the order of the drives
     */
    record Boot(int vmid, String type, String node, String name, Map<String, String> config, List<Path> cdroms) {}

    /**
     * A network card as the guest sees it.
     *
     * @param name such as {@code eth0}
     * @param mac such as {@code bc:24:11:00:00:01}
     * @param addresses with prefix length: {@code 10.0.0.5/24}
     */
    record Interface(String name, String mac, List<String> addresses) {}

    /** Makes it run; a guest that was running before runs anew. An exception fails the task of the start. */
    void start(Boot boot) throws IOException;

    /** Ends it at once; nothing happens when it does not run. */
    void stop(int vmid) throws IOException;

    /** What its agent reports; empty when no agent answers. */
    Optional<List<Interface>> interfaces(int vmid);

    /** Whether it ends by itself when its power button is pressed. */
    default boolean hearsShutdown(int vmid) {
        return true;
    }

    /**
     * Presses the power button of a guest that hears it.
     *
     * @param patience how long it may take
     * @return whether it has ended; it still runs when not
     */
    default boolean shutDown(int vmid, Duration patience) throws IOException, InterruptedException {
        stop(vmid);
        return true;
    }

    /** A container has been made. Who may log in as root is put into its file system now, and is stored nowhere else. */
    default void created(int vmid, List<String> sshPublicKeys) throws IOException {}

    /** What its disks hold now is kept under a name. */
    default void snapshotTaken(int vmid, String name) throws IOException {}

    /** It does not run, and its disks hold again what was kept under that name. */
    default void rolledBack(int vmid, String name) throws IOException {}

    default void snapshotDeleted(int vmid, String name) throws IOException {}

    /** Its disks are gone. */
    default void destroyed(int vmid) throws IOException {}

    /** @param listener told the VMID of each guest that ends without the API: switched off from inside, or crashed */
    default void whenEnded(IntConsumer listener) {}

    /** Ends all of them. */
    @Override
    default void close() {}
}
