package cloud.pxc.world.proxmox;

import java.time.Instant;

/** A node while the cluster runs. */
final class Node {
    private final NodeSpec spec;
    private final int id;
    private final String fingerprint;
    private volatile boolean online = true;
    private volatile Instant bootedAt;

    Node(NodeSpec spec, int id, String fingerprint, Instant bootedAt) {
        this.spec = spec;
        this.id = id;
        this.fingerprint = fingerprint;
        this.bootedAt = bootedAt;
    }

    String name() {
        return spec.name();
    }

    NodeSpec spec() {
        return spec;
    }

    int id() {
        return id;
    }

    /** SHA-256 of its certificate, as {@code AA:BB:…}. */
    String fingerprint() {
        return fingerprint;
    }

    boolean online() {
        return online;
    }

    void goOffline() {
        online = false;
    }

    void boot(Instant now) {
        bootedAt = now;
        online = true;
    }

    Instant bootedAt() {
        return bootedAt;
    }
}
