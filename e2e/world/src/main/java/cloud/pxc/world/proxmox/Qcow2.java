package cloud.pxc.world.proxmox;

import java.nio.ByteBuffer;

/**
 * Makes disk images for tests and the demo: valid, empty, and small however large a guest sees them
 * (<a href="https://www.qemu.org/docs/master/interop/qcow2.html">qcow2, version 3</a>).
 */
public final class Qcow2 {
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    /** Entries of an L2 table, which fills one cluster. */
    private static final int L2_ENTRIES = CLUSTER / Long.BYTES;

    private static final long MAX_SIZE = (long) CLUSTER * L2_ENTRIES * (CLUSTER / Long.BYTES);
    private static final int HEADER_LENGTH = 104;
    /** Refcounts of 2^4 = 16 bits. */
    private static final int REFCOUNT_ORDER = 4;

    private Qcow2() {}

    /**
     * An image of 256 KiB that nothing was written to.
     *
     * @param virtualBytes the size that a guest sees, 1 byte to 4 TiB
     * @throws IllegalArgumentException when the size is out of these bounds
     */
    public static byte[] empty(long virtualBytes) {
        if (virtualBytes < 1 || virtualBytes > MAX_SIZE) {
            throw new IllegalArgumentException("A disk has 1 byte to " + MAX_SIZE + " bytes, not " + virtualBytes);
        }
        var perTable = (long) CLUSTER * L2_ENTRIES;
        // Clusters: 0 the header, 1 the refcount table, 2 its only block, 3 the L1 table.
        var image = ByteBuffer.allocate(4 * CLUSTER);
        image.putInt(0x514649fb).putInt(3).putLong(0).putInt(0); // magic, version, no backing file
        image.putInt(CLUSTER_BITS).putLong(virtualBytes).putInt(0); // not encrypted
        image.putInt((int) ((virtualBytes + perTable - 1) / perTable)).putLong(3L * CLUSTER); // L1 table
        image.putLong(CLUSTER).putInt(1).putInt(0).putLong(0); // refcount table, no snapshots
        image.putLong(0).putLong(0).putLong(0).putInt(REFCOUNT_ORDER).putInt(HEADER_LENGTH);
        image.putLong(CLUSTER, 2L * CLUSTER);
        for (var cluster = 0; cluster < 4; cluster++) {
            image.putShort(2 * CLUSTER + 2 * cluster, (short) 1);
        }
        return image.array();
    }
}
