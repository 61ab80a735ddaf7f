package cloud.pxc.world.proxmox;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A virtual machine or container: its configuration file and whether it runs. */
final class Guest {
    /** What a VMID stands for, with the words the API has for it. */
    enum Kind {
        QEMU("qemu", "VM", "qemu-server"),
        LXC("lxc", "CT", "lxc");

        private final String type;
        private final String word;
        private final String folder;

        Kind(String type, String word, String folder) {
            this.type = type;
            this.word = word;
            this.folder = folder;
        }

        /** As in paths: {@code /nodes/{node}/qemu}. */
        String type() {
            return type;
        }

        /** As in messages: {@code VM 100 already running}. */
        String word() {
            return word;
        }

        /** As in {@code nodes/pve1/qemu-server/100.conf}. */
        String folder() {
            return folder;
        }
    }

    private final Kind kind;
    private final int vmid;
    private volatile String node;
    private final FileLock lock;
    private final TreeMap<String, String> config = new TreeMap<>();
    /** Settings that wait for the next start; an empty value waits to be deleted. */
    private final TreeMap<String, Optional<String>> pending = new TreeMap<>();
    /** By name. */
    private final TreeMap<String, Snapshot> snapshots = new TreeMap<>();

    private Instant startedAt;
    private int pid;

    Guest(Kind kind, int vmid, String node) {
        this.kind = kind;
        this.vmid = vmid;
        this.node = node;
        this.lock = new FileLock(
                kind == Kind.QEMU
                        ? "/var/lock/qemu-server/lock-" + vmid + ".conf"
                        : "/run/lock/lxc/pve-config-" + vmid + ".lock");
    }

    Kind kind() {
        return kind;
    }

    int vmid() {
        return vmid;
    }

    String node() {
        return node;
    }

    void moveTo(String other) {
        node = other;
    }

    /** The lock on its configuration file, which every writer takes. */
    FileLock fileLock() {
        return lock;
    }

    synchronized TreeMap<String, String> config() {
        return new TreeMap<>(config);
    }

    synchronized Optional<String> setting(String key) {
        return Optional.ofNullable(config.get(key));
    }

    /** Changes the configuration as one write of its file. */
    synchronized void change(Consumer<Map<String, String>> change) {
        change.accept(config);
    }

    synchronized TreeMap<String, Optional<String>> pending() {
        return new TreeMap<>(pending);
    }

    synchronized void changePending(Consumer<Map<String, Optional<String>>> change) {
        change.accept(pending);
    }

    synchronized TreeMap<String, Snapshot> snapshots() {
        return new TreeMap<>(snapshots);
    }

    synchronized void changeSnapshots(Consumer<Map<String, Snapshot>> change) {
        change.accept(snapshots);
    }

    /** SHA-1 of the configuration file. */
    synchronized String digest() {
        var text = new StringBuilder();
        config.forEach(
                (key, value) -> text.append(key).append(": ").append(value).append('\n'));
        if (!pending.isEmpty()) {
            text.append("\n[PENDING]\n");
            pending.forEach((key, value) ->
                    text.append(key).append(": ").append(value.orElse("-")).append('\n'));
        }
        snapshots.values().forEach(snapshot -> text.append('\n').append(snapshot));
        try {
            var sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java has no SHA-1", e);
        }
    }

    /** Why nobody may change it now: {@code clone}, {@code backup}, … */
    Optional<String> lockReason() {
        return setting("lock");
    }

    /** @throws ApiException when it is locked, as {@code check_lock} says it */
    void checkLock() {
        lockReason().ifPresent(reason -> {
            throw ApiException.failure((kind == Kind.QEMU ? "VM is locked (" : "CT is locked (") + reason + ")");
        });
    }

    String name() {
        return kind == Kind.QEMU
                ? setting("name").orElse("VM " + vmid)
                : setting("hostname").orElse("CT" + vmid);
    }

    boolean isTemplate() {
        return setting("template").filter("1"::equals).isPresent();
    }

    synchronized boolean running() {
        return startedAt != null;
    }

    synchronized Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    synchronized int pid() {
        return pid;
    }

    /** It runs now. */
    synchronized void started(Instant now, int newPid) {
        startedAt = now;
        pid = newPid;
    }

    synchronized void stopped() {
        startedAt = null;
        pid = 0;
    }

    /** What was pending is its configuration now. */
    synchronized void applyPending() {
        pending.forEach((key, value) -> {
            if (value.isPresent()) {
                config.put(key, value.get());
            } else {
                config.remove(key);
            }
        });
        pending.clear();
    }

    String configFile() {
        return "nodes/" + node + "/" + kind.folder() + "/" + vmid + ".conf";
    }
}
