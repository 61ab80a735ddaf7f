package cloud.pxc.world.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The folder of one guest: what it has changed in its root file system, and what it is to find there at its next boot.
 *
 * @param folder see {@code boot.sh}
 */
record Disk(Path folder) {

    /** Puts files into its root at the next boot; by path below the root. */
    void put(Map<String, byte[]> files) throws IOException {
        Files.createDirectories(staged());
        for (var file : files.entrySet()) {
            var path = staged().resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    /** Forgets what the last boot was given. */
    void clearStaged() throws IOException {
        Command.run("rm", "-rf", staged().toString());
    }

    void connect(List<String> nics, Cgroup cgroup) throws IOException {
        Files.writeString(folder.resolve("nics"), lines(nics));
        Files.writeString(
                folder.resolve("cgroups"),
                lines(cgroup.folders().stream().map(Path::toString).toList()));
    }

    /** Lets {@code ssh.sh} find the guest's port. */
    void tell(int sshPort) throws IOException {
        Files.writeString(folder.resolve("ssh-port"), sshPort + "\n");
    }

    void delete() throws IOException {
        Command.run("rm", "-rf", "--one-file-system", folder.toString());
    }

    private Path staged() {
        return folder.resolve("files");
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
