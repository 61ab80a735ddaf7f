package cloud.pxc.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @Test
    void closingEndsProcessesAndRemovesTheFolder() {
        var scratch = Scratch.create();
        var server = scratch.start("sleeper", List.of("sleep", "300"), Map.of());

        scratch.close();

        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !server.alive());
        assertThat(scratch.folder()).doesNotExist();
    }

    @Test
    void aFolderElsewhereIsRemovedOnceItIsEmpty(@TempDir Path elsewhere) throws IOException {
        var scratch = Scratch.create();
        var group = Files.createDirectories(elsewhere.resolve("group/below")).getParent();
        scratch.removeAfterwards(group);

        scratch.close();

        assertThat(group).doesNotExist();
        assertThat(elsewhere).exists();
    }

    @Test
    void nothingOutlivesAJvmThatIsKilled() throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWorld.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var told = child.inputReader();
        var folder = Path.of(told.readLine());
        var sleeper = ProcessHandle.of(Long.parseLong(told.readLine())).orElseThrow();
        assertThat(sleeper.isAlive()).isTrue();

        child.destroyForcibly().waitFor();

        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !sleeper.isAlive() && !Files.exists(folder));
    }

    /** Starts a process, tells of it, and waits to be killed. */
    static final class KilledWorld {
        public static void main(String[] arguments) throws IOException {
            var scratch = Scratch.create();
            var server = scratch.start("sleeper", List.of("sleep", "300"), Map.of());
            System.out.println(scratch.folder());
            System.out.println(server.pid());
            System.out.flush();
            System.in.read();
        }
    }
}
