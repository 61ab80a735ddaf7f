package cloud.pxc.e2e;

import cloud.pxc.world.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Saves the logs of a cloud before its folder goes. */
public final class Logs {

    private static final Path KEPT = Programs.projectRoot().resolve("e2e/target/logs");

    private Logs() {}

    /** @return where they are now */
    static Path keep(Cloud cloud) {
        return keep(cloud, KEPT);
    }

    /**
     * @param name of the cloud, where there are several
     * @return where they are now
     */
    public static Path keep(Cloud cloud, String name) {
        return keep(cloud, KEPT.resolve(name));
    }

    private static Path keep(Cloud cloud, Path kept) {
        var folder = cloud.world().scratch().folder();
        try (var files = Files.walk(folder, 2)) {
            Files.createDirectories(kept);
            for (var log :
                    files.filter(each -> each.toString().endsWith(".log")).toList()) {
                Files.copy(log, kept.resolve(log.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            return kept;
        } catch (IOException e) {
            throw new UncheckedIOException("The logs in " + folder + " could not be kept", e);
        }
    }
}
