package cloud.pxc.world.proxmox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Files in the root folder of an ISO image, by the names a Linux guest sees: Rock Ridge's, else Joliet's, else plain
 * ISO 9660's
 * (ECMA-119; Rock Ridge 1.12 {@code NM}).
 */
public final class Iso9660 {
    private static final int SECTOR = 2048;
    private static final int FIRST_DESCRIPTOR = 16;
    private static final int LAST_DESCRIPTOR = 64;
    private static final int ROOT_RECORD = 156;
    private static final int MAX_FILE = 16 << 20;

    private final String label;
    private final Map<String, byte[]> files;

    private Iso9660(String label, Map<String, byte[]> files) {
        this.label = label;
        this.files = files;
    }

    /** @return empty when the file is no ISO image */
    public static Optional<Iso9660> open(Path path) throws IOException {
        try (var channel = FileChannel.open(path)) {
            Optional<ByteBuffer> primary = Optional.empty();
            Optional<ByteBuffer> joliet = Optional.empty();
            for (var number = FIRST_DESCRIPTOR; number < LAST_DESCRIPTOR; number++) {
                var sector = read(channel, (long) number * SECTOR, SECTOR);
                if (sector.limit() < SECTOR
                        || !text(sector, 1, 5, StandardCharsets.US_ASCII).equals("CD001")) {
                    break;
                }
                switch (sector.get(0)) {
                    case 1 -> primary = Optional.of(sector);
                    case 2 -> joliet = Optional.of(sector);
                    default -> {}
                }
            }
            if (primary.isEmpty()) {
                return Optional.empty();
            }
            var label = text(primary.get(), 40, 32, StandardCharsets.US_ASCII).strip();
            var files = root(channel, primary.get(), StandardCharsets.US_ASCII);
            if (joliet.isPresent()) {
                root(channel, joliet.get(), StandardCharsets.UTF_16BE).forEach(files::putIfAbsent);
            }
            return Optional.of(new Iso9660(label, files));
        }
    }

    /** The volume identifier. */
    public String label() {
        return label;
    }

    public Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static Map<String, byte[]> root(FileChannel channel, ByteBuffer descriptor, Charset names)
            throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        var start = (long) descriptor.getInt(ROOT_RECORD + 2) * SECTOR;
        var folder = read(channel, start, Math.min(descriptor.getInt(ROOT_RECORD + 10), MAX_FILE));
        for (var at = 0; at < folder.limit(); ) {
            var length = folder.get(at) & 0xff;
            if (length == 0) {
                at = (at / SECTOR + 1) * SECTOR; // records do not cross sectors
                continue;
            }
            var isFolder = (folder.get(at + 25) & 2) != 0;
            var size = folder.getInt(at + 10);
            if (!isFolder && size >= 0 && size <= MAX_FILE) {
                var content = read(channel, (long) folder.getInt(at + 2) * SECTOR, size);
                var bytes = new byte[content.limit()];
                content.get(0, bytes);
                files.put(name(folder, at, length, names), bytes);
            }
            at += length;
        }
        return files;
    }

    private static String name(ByteBuffer folder, int record, int length, Charset names) {
        var nameLength = folder.get(record + 32) & 0xff;
        var plain = text(folder, record + 33, nameLength, names)
                .replaceFirst(";\\d+$", "")
                .replaceFirst("\\.$", "");
        var at = record + 33 + nameLength + (nameLength % 2 == 0 ? 1 : 0);
        while (names == StandardCharsets.US_ASCII && at + 4 <= record + length) {
            var entryLength = folder.get(at + 2) & 0xff;
            if (entryLength < 4) {
                break;
            }
            if (folder.get(at) == 'N' && folder.get(at + 1) == 'M') {
                return text(folder, at + 5, entryLength - 5, StandardCharsets.UTF_8);
            }
            at += entryLength;
        }
        return names == StandardCharsets.US_ASCII ? plain.toLowerCase(Locale.ROOT) : plain;
    }

    private static String text(ByteBuffer buffer, int at, int length, Charset charset) {
        var bytes = new byte[Math.max(0, Math.min(length, buffer.limit() - at))];
        buffer.get(at, bytes);
        return new String(bytes, charset);
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        var buffer = ByteBuffer.allocate(Math.max(0, length)).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) > 0) {
            // until all is read or the file ends
        }
        return buffer.flip();
    }
}
