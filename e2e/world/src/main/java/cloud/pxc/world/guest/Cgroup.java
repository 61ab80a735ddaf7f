package cloud.pxc.world.guest;

import cloud.pxc.world.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/**
 * A control group for one guest. Its systemd takes the group it finds itself in for its own, so two guests in one group would
 * end each other's services.
 *
 * @param folders one a hierarchy: systemd's own of version 1, version 2, or both
 */
record Cgroup(List<Path> folders) {

    /** Makes it below the group that this JVM is in; the scratch removes it if nobody else does. */
    static Cgroup make(String name, Scratch scratch) throws IOException {
        var folders = new ArrayList<Path>();
        for (var parent : parents()) {
            var folder = Files.createDirectories(parent.resolve(name));
            scratch.removeAfterwards(folder);
            folders.add(folder);
        }
        return new Cgroup(List.copyOf(folders));
    }

    /** Of this JVM. @return empty when there is no hierarchy that systemd could use */
    static List<Path> parents() throws IOException {
        var parents = new ArrayList<Path>();
        for (var mount : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            var sides = mount.split(" - ", 2);
            var isTwo = sides[1].startsWith("cgroup2 ");
            if (isTwo || sides[1].startsWith("cgroup ") && sides[1].matches(".*\\bname=systemd\\b.*")) {
                var fields = sides[0].split(" ");
                parents.add(Path.of(fields[4] + own(isTwo ? "0::" : "\\d+:name=systemd:")));
            }
        }
        return parents.stream().distinct().toList();
    }

    private static String own(String hierarchy) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                .filter(line -> line.matches(hierarchy + "/.*"))
                .map(line -> line.replaceFirst(hierarchy, ""))
                .findFirst()
                .orElse("/");
    }

    /** Takes it away once its last process has ended. */
    void remove() {
        for (var folder : folders) {
            Awaitility.await("the end of all processes in " + folder)
                    .atMost(Duration.ofSeconds(10))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> removed(folder));
        }
    }

    private static boolean removed(Path folder) throws IOException, InterruptedException {
        // find, because a folder of a control group can't be emptied file by file.
        new ProcessBuilder("find", folder.toString(), "-depth", "-type", "d", "-exec", "rmdir", "{}", "+")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return !Files.exists(folder);
    }
}
