package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.world.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever ends {@code make world}, nothing of it is left. */
class LeftoversTest {

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void nothingOutlivesTheWorld(String signal, @TempDir Path folder) throws IOException, InterruptedException {
        // given
        // BIND runs as a user of its own.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        var world = start(folder);
        var output = new ArrayList<String>();
        try (var lines = world.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.add(line);
                if (line.contains("Ctrl-C ends it all")) {
                    break;
                }
            }
            assertThat(output).as("what the world said").anyMatch(line -> line.contains("export KUBECONFIG="));
            world.outputWriter().append("down pve9\n").flush();
            assertThat(lines.readLine()).as("what a person is answered").isEqualTo("There is no node pve9");
            assertThat(under(folder)).as("processes of the world").hasSizeGreaterThan(7);
            assertThat(scratchFolders(folder)).isPositive();

            // when
            new ProcessBuilder("kill", "-" + signal, Long.toString(world.pid()))
                    .start()
                    .waitFor();
            world.waitFor();
        }

        // then
        await().atMost(Duration.ofSeconds(15)).until(() -> under(folder).isEmpty());
        await().atMost(Duration.ofSeconds(15)).until(() -> scratchFolders(folder) == 0);
    }

    private static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dpxc.root=" + Programs.projectRoot(),
                        "-Djava.io.tmpdir=" + folder,
                        EmptyWorld.class.getName(),
                        "--free-ports")
                .redirectErrorStream(true)
                .start();
    }

    /** Processes whose command line or settings name the folder: all servers do. */
    private static List<Long> under(Path folder) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> names(Path.of("/proc/" + pid + "/cmdline"), folder)
                        || names(Path.of("/proc/" + pid + "/environ"), folder))
                .toList();
    }

    private static boolean names(Path file, Path folder) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(folder.toString());
        } catch (IOException e) {
            // It has ended, or is somebody else's.
            return false;
        }
    }

    private static long scratchFolders(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith("pxc-"))
                    .count();
        }
    }
}
