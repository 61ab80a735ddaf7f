package cloud.pxc.world.proxmox;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What {@code qemu-img info} would say of an image file. */
final class DiskImage {
    /** {@code QFI\xfb}: qcow2 interoperability, first field of the header. */
    private static final int QCOW2_MAGIC = 0x514649fb;

    private static final int SIZE_OFFSET = 24;

    private DiskImage() {}

    /** The size that a guest sees: of a qcow2 what its header says, of everything else its length. */
    static long virtualSize(Volume volume) {
        return volume.file()
                .filter(file -> volume.format().equals("qcow2"))
                .flatMap(file -> qcow2Size(file).stream().boxed().findFirst())
                .orElse(volume.sizeBytes());
    }

    /** @return empty when the file is no qcow2 */
    static OptionalLong qcow2Size(Path file) {
        try (var in = new DataInputStream(Files.newInputStream(file))) {
            if (Files.size(file) < SIZE_OFFSET + Long.BYTES || in.readInt() != QCOW2_MAGIC) {
                return OptionalLong.empty();
            }
            in.skipNBytes(SIZE_OFFSET - Integer.BYTES);
            return OptionalLong.of(in.readLong());
        } catch (IOException e) {
            throw new UncheckedIOException("The image " + file + " could not be read", e);
        }
    }
}
