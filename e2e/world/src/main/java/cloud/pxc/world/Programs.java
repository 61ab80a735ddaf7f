package cloud.pxc.world;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the programs that {@code make setup} installs or builds. */
public final class Programs {

    private static final List<String> CONTROL_PLANE =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kubectl");

    private Programs() {}

    /** @throws IllegalStateException if the program is not there; the message says how to get it */
    public static Path find(String program) {
        return lookUp(program)
                .orElseThrow(
                        () -> new IllegalStateException(program + " is not on this machine; get it with: make setup"));
    }

    /** Where the program is, if it is there. */
    public static Optional<Path> lookUp(String program) {
        var folders = new ArrayList<Path>();
        var assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets != null && CONTROL_PLANE.contains(program)) {
            folders.add(Path.of(assets));
        }
        folders.add(cache().resolve("bin"));
        for (var folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            folders.add(Path.of(folder));
        }
        folders.add(Path.of("/usr/sbin"));
        folders.add(Path.of("/usr/lib/systemd"));
        folders.add(Path.of("/lib/systemd"));
        return folders.stream()
                .map(folder -> folder.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The root of the project's sources. */
    public static Path projectRoot() {
        var given = System.getProperty("pxc.root");
        if (given != null) {
            return Path.of(given);
        }
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.isExecutable(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("Start me within the project's folder, or set -Dpxc.root to it");
    }

    /** The root file system that real guests boot; {@code make setup} makes it where it can. */
    public static Path guestRoot() {
        return cache().resolve("guest-root");
    }

    /** Where programs that come as libraries are unpacked, once. */
    static Path unpacked() {
        return cache().resolve("unpacked");
    }

    private static Path cache() {
        var given = System.getenv("PXC_CACHE");
        if (given != null) {
            return Path.of(given);
        }
        var xdg = System.getenv("XDG_CACHE_HOME");
        var base = xdg != null ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return base.resolve("pxc");
    }
}
