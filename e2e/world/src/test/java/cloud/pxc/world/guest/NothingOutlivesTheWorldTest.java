package cloud.pxc.world.guest;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.Scratch;
import cloud.pxc.world.proxmox.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithRealGuests.class)
class NothingOutlivesTheWorldTest {
    @Test
    void guestsAreGoneWithAJvmThatIsKilled() throws IOException, InterruptedException {
        // given a guest that has come up, in another JVM
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWorld.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var folder = Path.of(child.inputReader().readLine());
        var processes = child.descendants().toList();
        var networks = processes.stream()
                .map(NothingOutlivesTheWorldTest::network)
                .filter(network -> !network.isEmpty() && !network.equals(ownNetwork()))
                .distinct()
                .toList();
        assertThat(networks)
                .as("the bridge's network namespace and the guest's")
                .hasSize(2);
        assertThat(controlGroups(folder)).isNotEmpty();

        // when
        child.destroyForcibly().waitFor();

        // then
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(ProcessHandle.allProcesses().map(NothingOutlivesTheWorldTest::network))
                    .doesNotContainAnyElementsOf(networks);
            assertThat(controlGroups(folder)).isEmpty();
            assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(folder.toString());
            assertThat(folder).doesNotExist();
        });
    }

    /** As the kernel names it; empty when the process has ended. */
    private static String network(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Lan.namespaceOf(process.pid())).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String ownNetwork() {
        return network(ProcessHandle.current());
    }

    private static List<Path> controlGroups(Path folder) throws IOException {
        try (var below = Files.list(Cgroup.parents().getFirst())) {
            return below.filter(group -> group.getFileName()
                            .toString()
                            .startsWith(folder.getFileName().toString()))
                    .toList();
        }
    }

    /** Boots a guest, tells where, and waits to be killed. */
    static final class KilledWorld {
        public static void main(String[] arguments) throws IOException {
            var scratch = Scratch.create();
            var guests = NspawnGuests.start(scratch);
            var net = Map.of("net0", "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=203.0.113.10/24");
            guests.start(new Guests.Boot(100, "lxc", "pve1", "ct", net, List.of()));
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> guests.interfaces(100).stream()
                    .flatMap(List::stream)
                    .anyMatch(card -> card.addresses().contains("203.0.113.10/24")));
            System.out.println(scratch.folder());
            System.out.flush();
            System.in.read();
        }
    }
}
