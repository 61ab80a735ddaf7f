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

    /** Keeps what it holds now. What a guest that runs writes meanwhile may be in it or not, as with a real disk. */
    void keep(String name) throws IOException {
        Files.createDirectories(kept(name));
        if (Files.exists(disk())) {
            // A file that goes while it is copied is no failure.
            Command.run(
                    "sh",
                    "-c",
                    "sync; cp -a \"$0\" \"$1\" || test -d \"$1/disk/upper\"",
                    disk().toString(),
                    kept(name).toString());
        }
    }

    /** Holds again what was kept under that name. */
    void rollBack(String name) throws IOException {
        Command.run("rm", "-rf", "--one-file-system", disk().toString());
        if (Files.exists(kept(name).resolve("disk"))) {
            Command.run("cp", "-a", kept(name).resolve("disk").toString(), folder.toString());
        }
    }

    void forget(String name) throws IOException {
        Command.run("rm", "-rf", "--one-file-system", kept(name).toString());
    }

    void delete() throws IOException {
        Command.run("rm", "-rf", "--one-file-system", folder.toString());
    }

    private Path disk() {
        return folder.resolve("disk");
    }

    private Path kept(String name) {
        return folder.resolve("snapshots").resolve(name);
    }

    private Path staged() {
        return folder.resolve("files");
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }
}
