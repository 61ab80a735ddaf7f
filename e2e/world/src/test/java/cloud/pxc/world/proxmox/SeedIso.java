package cloud.pxc.world.proxmox;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** The smallest ISO image with files in its root, their long names told by Rock Ridge or by Joliet. */
final class SeedIso {
    private static final int SECTOR = 2048;
    private static final int ROOT = 20;
    private static final int JOLIET_ROOT = 21;
    private static final int DATA = 22;

    private SeedIso() {}

    static byte[] of(String label, String file, String content, boolean joliet) {
        return of(label, Map.of(file, content), joliet);
    }

    static byte[] of(String label, Map<String, String> files, boolean joliet) {
        var data = new ByteArrayOutputStream();
        var plain = new ByteArrayOutputStream();
        var wide = new ByteArrayOutputStream();
        files.forEach((name, content) -> {
            var bytes = content.getBytes(StandardCharsets.UTF_8);
            var sector = DATA + data.size() / SECTOR;
            var short8 = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + ";1";
            plain.writeBytes(
                    record(short8.getBytes(StandardCharsets.US_ASCII), sector, bytes.length, joliet ? "" : name));
            wide.writeBytes(record((name + ";1").getBytes(StandardCharsets.UTF_16BE), sector, bytes.length, ""));
            data.writeBytes(Arrays.copyOf(bytes, (bytes.length / SECTOR + 1) * SECTOR));
        });
        var image = ByteBuffer.allocate(DATA * SECTOR + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        descriptor(image, 16, 1, label, StandardCharsets.US_ASCII, ROOT);
        if (joliet) {
            descriptor(image, 17, 2, label, StandardCharsets.UTF_16BE, JOLIET_ROOT);
        }
        image.put(18 * SECTOR, (byte) 255).put(18 * SECTOR + 1, "CD001".getBytes(StandardCharsets.US_ASCII));
        folder(image, ROOT, plain.toByteArray());
        if (joliet) {
            folder(image, JOLIET_ROOT, wide.toByteArray());
        }
        image.put(DATA * SECTOR, data.toByteArray());
        return image.array();
    }

    private static void descriptor(ByteBuffer image, int sector, int type, String label, Charset charset, int root) {
        var at = sector * SECTOR;
        image.put(at, (byte) type).put(at + 1, "CD001".getBytes(StandardCharsets.US_ASCII));
        var padded = new byte[32];
        var bytes = label.getBytes(charset);
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(bytes, 0, padded, 0, bytes.length);
        image.put(at + 40, padded);
        image.putInt(at + 156 + 2, root).putInt(at + 156 + 10, SECTOR);
    }

    private static void folder(ByteBuffer image, int sector, byte[] records) {
        var self = ByteBuffer.allocate(34).order(ByteOrder.LITTLE_ENDIAN);
        self.put(0, (byte) 34)
                .putInt(2, sector)
                .putInt(10, SECTOR)
                .put(25, (byte) 2)
                .put(32, (byte) 1);
        image.put(sector * SECTOR, self.array()).put(sector * SECTOR + 34, records);
    }

    private static byte[] record(byte[] name, int sector, int size, String rockRidge) {
        var out = new ByteArrayOutputStream();
        var head = ByteBuffer.allocate(33).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(2, sector).putInt(10, size).put(32, (byte) name.length);
        out.writeBytes(head.array());
        out.writeBytes(name);
        if (name.length % 2 == 0) {
            out.write(0);
        }
        if (!rockRidge.isEmpty()) {
            var longName = rockRidge.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(new byte[] {'N', 'M', (byte) (5 + longName.length), 1, 0});
            out.writeBytes(longName);
        }
        if (out.size() % 2 == 1) {
            out.write(0);
        }
        var record = out.toByteArray();
        record[0] = (byte) record.length;
        return record;
    }
}
