package cloud.pxc.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.Programs;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged operator as a doctor: with a Proxmox cluster and nothing else in the world. */
class DoctorTest {

    private static final int LONGEST_SECONDS = 120;

    @Test
    void theFirstThingThatIsRunOnOnesOwnHardware(@TempDir Path folder) throws Exception {
        try (var proxmox = SimulatedProxmox.builder().timeScale(0.01).start()) {
            // given
            var token = proxmox.createToken("pxc@pve!operator", SimulatedProxmox.allPrivileges());
            var ca = Files.writeString(folder.resolve("pve-root-ca.pem"), proxmox.caPem());
            var said = folder.resolve("said");
            var doctor = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Dstdout.encoding=UTF-8",
                            "-jar",
                            Programs.projectRoot()
                                    .resolve("operator/target/quarkus-app/quarkus-run.jar")
                                    .toString(),
                            "doctor",
                            "--url",
                            proxmox.endpoints().getFirst().toString(),
                            "--ca-file",
                            ca.toString(),
                            "--exercise",
                            "--download-template"))
                    .redirectErrorStream(true)
                    .redirectOutput(said.toFile());
            doctor.environment().put("PXC_PROXMOX_TOKEN", token.id() + "=" + token.secret());
            doctor.environment().put("KUBECONFIG", folder.resolve("none").toString());
            // when
            var process = doctor.start();
            var ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            // then
            assertThat(ended).isTrue();
            assertThat(said)
                    .content()
                    .startsWith("ok      endpoint   https://127.0.0.1:")
                    .contains("ok      destroy ", "Of the exercise nothing is left behind")
                    .endsWith("ok      All well\n");
            assertThat(process.exitValue()).isZero();
            assertThat(proxmox.guests()).isEmpty();
            assertThat(proxmox.volumes()).isEmpty();
        }
    }
}
