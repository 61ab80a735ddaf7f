package cloud.pxc.world;

import java.nio.ByteBuffer;

/**
 * A disk image without content, the same octets every time, so that samples can name its checksum: qcow2 version 2 with clusters of
 * 64 KiB, of which the first four hold the header, the reference counts (table and block) and the level-1 table.
 */
public final class EmptyImage {

    private static final int MAGIC = 0x514649fb;
    private static final int CLUSTER_BITS = 16;
    private static final int CLUSTER = 1 << CLUSTER_BITS;
    private static final int USED_CLUSTERS = 4;
    /** One level-1 entry covers a cluster of level-2 entries, each of 8 octets and for one cluster. */
    private static final long PER_LEVEL_1_ENTRY = (long) CLUSTER / Long.BYTES * CLUSTER;

    private EmptyImage() {}

    /** @param sizeBytes of the disk that a guest sees; a multiple of 512, at most 4 TiB */
    public static byte[] qcow2(long sizeBytes) {
        if (sizeBytes <= 0 || sizeBytes % 512 != 0 || sizeBytes > 1L << 42) {
            throw new IllegalArgumentException(
                    sizeBytes + " is no size for a disk: a multiple of 512 octets, at most 4 TiB, is");
        }
        var image = ByteBuffer.allocate(USED_CLUSTERS * CLUSTER);
        image.putInt(MAGIC).putInt(2);
        image.putLong(0).putInt(0); // no backing file
        image.putInt(CLUSTER_BITS).putLong(sizeBytes);
        image.putInt(0); // not encrypted
        image.putInt((int) ((sizeBytes + PER_LEVEL_1_ENTRY - 1) / PER_LEVEL_1_ENTRY))
                .putLong(3L * CLUSTER);
        image.putLong(CLUSTER).putInt(1); // the table of reference counts
        image.putInt(0).putLong(0); // no snapshots
        image.position(CLUSTER).putLong(2L * CLUSTER);
        image.position(2 * CLUSTER);
        for (var cluster = 0; cluster < USED_CLUSTERS; cluster++) {
            image.putShort((short) 1);
        }
        return image.array();
    }
}
