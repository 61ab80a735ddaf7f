package cloud.pxc.world.guest;

import cloud.pxc.world.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What stands against real guests on this machine. */
final class Obstacle {
    private static final List<String> PROGRAMS = List.of(
            "systemd-nspawn",
            "systemd-socket-activate",
            "systemd-socket-proxyd",
            "unshare",
            "nsenter",
            "ip",
            "find",
            "ssh-keygen");
    /** What a boot does with the kernel, tried in namespaces that are gone afterwards. */
    private static final String TRIAL = """
            set -e
            cd "$1"
            mkdir upper work root
            mount -t overlay overlay -o "lowerdir=$2,upperdir=upper,workdir=work" root
            mount -t sysfs sysfs root/sys
            ip link add name near0 type veth peer name far0
            """;

    private Obstacle() {}

    /** A sentence with the remedy; empty when nothing stands against them. */
    static Optional<String> find() {
        try {
            return found();
        } catch (IOException e) {
            throw new UncheckedIOException("Whether real guests can run here could not be found out", e);
        }
    }

    private static Optional<String> found() throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            return Optional.of("Real guests take Linux, and this is " + System.getProperty("os.name"));
        }
        if (!Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return Optional.of("Real guests take root; run this as root");
        }
        if (!Files.isDirectory(Programs.guestRoot())) {
            return Optional.of(
                    "The root file system of real guests is not on this machine; make setup makes it, or says why not");
        }
        for (var program : PROGRAMS) {
            if (Programs.lookUp(program).isEmpty()) {
                return Optional.of(program + " is not on this machine; get it with: make setup");
            }
        }
        var groups = Cgroup.parents();
        if (groups.isEmpty() || !groups.stream().allMatch(Files::isWritable)) {
            return Optional.of("Real guests take control groups that may be written to, and these may not: " + groups);
        }
        return triedInVain();
    }

    private static Optional<String> triedInVain() throws IOException {
        var folder = Files.createTempDirectory("pxc-trial-");
        try {
            Command.run(
                    "unshare",
                    "--net",
                    "--mount",
                    "--pid",
                    "--fork",
                    "--kill-child",
                    "--mount-proc",
                    "sh",
                    "-c",
                    TRIAL,
                    "trial",
                    folder.toString(),
                    Programs.guestRoot().toString());
            return Optional.empty();
        } catch (IOException e) {
            var lines = e.getMessage().lines().toList();
            return Optional.of(
                    "Namespaces, an overlay or a veth can't be made here, which real guests take: " + lines.getLast());
        } finally {
            Command.run("rm", "-rf", folder.toString());
        }
    }
}
