package cloud.pxc.operator.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads a CD-ROM image as ECMA-119 describes it, written apart from what writes it; everything that is told twice must agree. */
final class IsoReader {

    private static final int SECTOR = 2048;

    private final byte[] image;
    private final int descriptor;
    private final Charset charset;

    private IsoReader(byte[] image, int descriptor, Charset charset) {
        this.image = image;
        this.descriptor = descriptor;
        this.charset = charset;
    }

    /** The tree with short names in capitals. */
    static IsoReader plain(byte[] image) {
        return of(image, 1, StandardCharsets.US_ASCII);
    }

    /** The tree that Linux and Windows read. */
    static IsoReader joliet(byte[] image) {
        return of(image, 2, StandardCharsets.UTF_16BE);
    }

    private static IsoReader of(byte[] image, int type, Charset charset) {
        for (var sector = 16; ; sector++) {
            var at = sector * SECTOR;
            require(new String(image, at + 1, 5, StandardCharsets.US_ASCII).equals("CD001"), "magic of " + sector);
            require(image[at + 6] == 1, "version of descriptor " + sector);
            if ((image[at] & 0xFF) == type) {
                return new IsoReader(image, at, charset);
            }
            require((image[at] & 0xFF) != 255, "a descriptor of type " + type);
        }
    }

    String label() {
        return new String(image, descriptor + 40, 32, charset).strip();
    }

    int sectors() {
        return both(descriptor + 80);
    }

    String escapes() {
        return new String(image, descriptor + 88, 3, StandardCharsets.US_ASCII);
    }

    /** Files of the root folder by name, in the order they stand there. */
    Map<String, byte[]> files() {
        var root = descriptor + 156;
        require(image[root] == 34 && image[root + 25] == 2, "record of the root folder");
        var folder = both(root + 2) * SECTOR;
        require(
                pathTable(ByteOrder.LITTLE_ENDIAN) == folder && pathTable(ByteOrder.BIG_ENDIAN) == folder,
                "path tables");
        var length = both(root + 10);
        var files = new LinkedHashMap<String, byte[]>();
        var number = 0;
        for (var at = folder; at < folder + length && image[at] != 0; at += image[at] & 0xFF) {
            require((image[at] & 0xFF) % 2 == 0, "even length of a record");
            var name = name(at);
            if (number++ < 2) {
                require(both(at + 2) * SECTOR == folder && image[at + 25] == 2, "the folder and its parent come first");
                continue;
            }
            var content = new byte[both(at + 10)];
            System.arraycopy(image, both(at + 2) * SECTOR, content, 0, content.length);
            require(files.put(name, content) == null, "one file of name " + name);
        }
        return files;
    }

    private String name(int record) {
        return new String(image, record + 33, image[record + 32] & 0xFF, charset);
    }

    private int pathTable(ByteOrder order) {
        var at = number(descriptor + (order == ByteOrder.LITTLE_ENDIAN ? 140 : 148), order) * SECTOR;
        require(image[at] == 1, "length of the root's name in a path table");
        return number(at + 2, order) * SECTOR;
    }

    private int both(int at) {
        var little = number(at, ByteOrder.LITTLE_ENDIAN);
        require(little == number(at + 4, ByteOrder.BIG_ENDIAN), "both orders of octets at " + at);
        return little;
    }

    private int number(int at, ByteOrder order) {
        return ByteBuffer.wrap(image).order(order).getInt(at);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("The image is wrong in: " + what);
        }
    }
}
