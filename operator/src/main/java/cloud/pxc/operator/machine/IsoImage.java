package cloud.pxc.operator.machine;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Files in one folder as an image of a CD-ROM: ISO 9660 (ECMA-119) with Joliet names. The same files give the same octets.
 *
 * <p>Our own, for it is a page of code: the library there is brings a virtual file system of its own along.
 */
final class IsoImage {

    private static final int SECTOR = 2048;
    private static final int DESCRIPTORS = 16;
    private static final int TERMINATOR = DESCRIPTORS + 2;
    // Each of them fits into one sector as long as there are few files.
    private static final int PATHS_LITTLE = TERMINATOR + 1;
    private static final int PATHS_BIG = PATHS_LITTLE + 1;
    private static final int JOLIET_PATHS_LITTLE = PATHS_BIG + 1;
    private static final int JOLIET_PATHS_BIG = JOLIET_PATHS_LITTLE + 1;
    private static final int FOLDER = JOLIET_PATHS_BIG + 1;
    private static final int JOLIET_FOLDER = FOLDER + 1;
    private static final int FIRST_FILE = JOLIET_FOLDER + 1;
    private static final int PATH_TABLE_LENGTH = 10;
    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_RECORD = 34 + 2 * (LONGEST_NAME + 2);
    private static final int LONGEST_LABEL = 16;
    private static final int SHORT_NAME = 8;

    private IsoImage() {}

    /**
     * @param label volume identifier, at most 16 letters
     * @param files by name, of at most 64 characters; few enough for one sector to tell of
     */
    static byte[] of(String label, Map<String, byte[]> files) {
        if (label.length() > LONGEST_LABEL) {
            throw new IllegalArgumentException(label + " is longer than a label can be");
        }
        var placed = place(files);
        var last = placed.isEmpty() ? FIRST_FILE : placed.getLast().end();
        var image = ByteBuffer.allocate(last * SECTOR);
        descriptor(image, DESCRIPTORS, 1, label, StandardCharsets.US_ASCII, PATHS_LITTLE, PATHS_BIG, FOLDER, last);
        descriptor(
                image,
                DESCRIPTORS + 1,
                2,
                label,
                StandardCharsets.UTF_16BE,
                JOLIET_PATHS_LITTLE,
                JOLIET_PATHS_BIG,
                JOLIET_FOLDER,
                last);
        image.put(TERMINATOR * SECTOR, (byte) 255)
                .put(TERMINATOR * SECTOR + 1, "CD001\1".getBytes(StandardCharsets.US_ASCII));
        pathTable(image, PATHS_LITTLE, FOLDER, ByteOrder.LITTLE_ENDIAN);
        pathTable(image, PATHS_BIG, FOLDER, ByteOrder.BIG_ENDIAN);
        pathTable(image, JOLIET_PATHS_LITTLE, JOLIET_FOLDER, ByteOrder.LITTLE_ENDIAN);
        pathTable(image, JOLIET_PATHS_BIG, JOLIET_FOLDER, ByteOrder.BIG_ENDIAN);
        folder(image, FOLDER, placed, StandardCharsets.US_ASCII);
        folder(image, JOLIET_FOLDER, placed, StandardCharsets.UTF_16BE);
        placed.forEach(file -> image.put(file.sector() * SECTOR, file.content()));
        return image.array();
    }

    private record Placed(String name, String shortName, byte[] content, int sector) {
        private int end() {
            return sector + Math.max(1, (content.length + SECTOR - 1) / SECTOR);
        }

        private byte[] identifier(Charset charset) {
            return charset == StandardCharsets.US_ASCII
                    ? (shortName + ".;1").getBytes(charset)
                    : (name + ";1").getBytes(charset);
        }
    }

    private static List<Placed> place(Map<String, byte[]> files) {
        var placed = new ArrayList<Placed>();
        var shortNames = new HashSet<String>();
        var next = FIRST_FILE;
        for (var file : new TreeMap<>(files).entrySet()) {
            if (file.getKey().length() > LONGEST_NAME) {
                throw new IllegalArgumentException(file.getKey() + " is longer than a name can be");
            }
            var one = new Placed(file.getKey(), shortName(file.getKey(), shortNames), file.getValue(), next);
            placed.add(one);
            next = one.end();
        }
        return placed;
    }

    /** ECMA-119 section 7.5: capitals, digits and underscores, at most eight; with a number where another file has the name. */
    private static String shortName(String name, Set<String> taken) {
        var plain = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
        var candidate = plain.substring(0, Math.min(SHORT_NAME, plain.length()));
        for (var number = 1; !taken.add(candidate); number++) {
            var end = Integer.toString(number);
            candidate = plain.substring(0, Math.min(SHORT_NAME - end.length(), plain.length())) + end;
        }
        return candidate;
    }

    /** ECMA-119 section 8.4 and, for Joliet, 8.5. */
    private static void descriptor(
            ByteBuffer image,
            int sector,
            int type,
            String label,
            Charset charset,
            int little,
            int big,
            int folder,
            int sectors) {
        var at = sector * SECTOR;
        image.put(at, (byte) type);
        image.put(at + 1, "CD001\1".getBytes(StandardCharsets.US_ASCII));
        text(image, at + 8, 32, "", charset);
        text(image, at + 40, 32, label, charset);
        both(image, at + 80, sectors);
        if (type == 2) {
            // UCS-2 level 3 (Joliet).
            image.put(at + 88, "%/E".getBytes(StandardCharsets.US_ASCII));
        }
        bothShort(image, at + 120, 1);
        bothShort(image, at + 124, 1);
        bothShort(image, at + 128, SECTOR);
        both(image, at + 132, PATH_TABLE_LENGTH);
        image.order(ByteOrder.LITTLE_ENDIAN).putInt(at + 140, little);
        image.order(ByteOrder.BIG_ENDIAN).putInt(at + 148, big);
        record(image, at + 156, folder, SECTOR, true, new byte[] {0});
        for (var field :
                new int[][] {{190, 128}, {318, 128}, {446, 128}, {574, 128}, {702, 37}, {739, 37}, {776, 37}}) {
            text(image, at + field[0], field[1], "", charset);
        }
        for (var date : new int[] {813, 830, 847, 864}) {
            image.put(at + date, "0000000000000000".getBytes(StandardCharsets.US_ASCII));
        }
        image.put(at + 881, (byte) 1);
    }

    /** ECMA-119 section 9.4, of a root folder alone. */
    private static void pathTable(ByteBuffer image, int sector, int folder, ByteOrder order) {
        var at = sector * SECTOR;
        image.order(order);
        image.put(at, (byte) 1);
        image.putInt(at + 2, folder);
        image.putShort(at + 6, (short) 1);
    }

    private static void folder(ByteBuffer image, int sector, List<Placed> files, Charset charset) {
        var at = sector * SECTOR;
        at += record(image, at, sector, SECTOR, true, new byte[] {0});
        at += record(image, at, sector, SECTOR, true, new byte[] {1});
        var sorted = files.stream()
                .sorted(Comparator.comparing(file -> new String(file.identifier(charset), charset)))
                .toList();
        for (var file : sorted) {
            if (at + LONGEST_RECORD > (sector + 1) * SECTOR) {
                throw new IllegalArgumentException(files.size() + " files are more than one sector tells of");
            }
            at += record(image, at, file.sector(), file.content().length, false, file.identifier(charset));
        }
    }

    /** ECMA-119 section 9.1; returns its length. */
    private static int record(ByteBuffer image, int at, int sector, int size, boolean folder, byte[] identifier) {
        var length = 33 + identifier.length;
        length += length % 2;
        image.put(at, (byte) length);
        both(image, at + 2, sector);
        both(image, at + 10, size);
        // 1 January 1970: what is in it counts, not when it was made.
        image.put(at + 18, new byte[] {70, 1, 1, 0, 0, 0, 0});
        image.put(at + 25, (byte) (folder ? 2 : 0));
        bothShort(image, at + 28, 1);
        image.put(at + 32, (byte) identifier.length);
        image.put(at + 33, identifier);
        return length;
    }

    private static void text(ByteBuffer image, int at, int length, String text, Charset charset) {
        var padded = charset == StandardCharsets.US_ASCII
                ? text + " ".repeat(length - text.length())
                : text + " ".repeat(length / 2 - text.length());
        image.put(at, padded.getBytes(charset));
    }

    private static void both(ByteBuffer image, int at, int value) {
        image.order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
        image.order(ByteOrder.BIG_ENDIAN).putInt(at + 4, value);
    }

    private static void bothShort(ByteBuffer image, int at, int value) {
        image.order(ByteOrder.LITTLE_ENDIAN).putShort(at, (short) value);
        image.order(ByteOrder.BIG_ENDIAN).putShort(at + 2, (short) value);
    }
}
