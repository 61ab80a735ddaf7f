package cloud.pxc.e2e;

import cloud.pxc.world.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Saves the logs of a cloud before its folder goes. */
final class Logs {

    private static final Path KEPT = Programs.projectRoot().resolve("e2e/target/logs");

    private Logs() {}

    /** @return where they are now */
    static Path keep(Path folder) {
        try (var files = Files.walk(folder, 2)) {
            Files.createDirectories(KEPT);
            for (var log :
                    files.filter(each -> each.toString().endsWith(".log")).toList()) {
                Files.copy(log, KEPT.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return KEPT;
        } catch (IOException e) {
            throw new UncheckedIOException("The logs in " + folder + " could not be kept", e);
        }
    }
}
