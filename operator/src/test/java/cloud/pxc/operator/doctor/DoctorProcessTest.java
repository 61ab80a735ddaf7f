package cloud.pxc.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cloud.pxc.operator.Main;
import cloud.pxc.world.proxmox.SimulatedProxmox;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as people start it: a process of its own, with neither Kubernetes nor a database anywhere. */
class DoctorProcessTest {

    private static final int LONGEST_SECONDS = 60;

    private static SimulatedProxmox proxmox;
    private static SimulatedProxmox.Token token;

    @TempDir
    private Path folder;

    private Path ca;
    private Path tokenFile;

    @BeforeAll
    static void start() {
        proxmox = SimulatedProxmox.builder().name("alpha").timeScale(0.02).start();
        token = proxmox.createToken(Clinic.TOKEN, SimulatedProxmox.allPrivileges());
    }

    @AfterAll
    static void stop() {
        proxmox.close();
    }

    @BeforeEach
    void credentials() throws IOException {
        ca = Files.writeString(folder.resolve("pve-root-ca.pem"), proxmox.caPem());
        tokenFile = Files.writeString(folder.resolve("token"), token.id() + "=" + token.secret() + "\n");
    }

    @Test
    void aHealthyClusterIsToldInWordsAndByExitCode() throws Exception {
        // when
        var doctor = doctor("--ca-file", ca.toString(), "--token-file", tokenFile.toString());
        // then
        assertThat(exitCode(doctor)).isZero();
        assertThat(output())
                .contains("ok      quorum     Cluster alpha is quorate, 3 of 3 nodes are online")
                .endsWith("ok      All well\n")
                .doesNotContain(token.secret());
        assertThat(errors()).isEmpty();
    }

    @Test
    void theTokenMayComeByTheEnvironmentAndTheFindingsAsJson() throws Exception {
        // given
        var builder = command("--insecure", "--json", "--bridge", "vmbr9");
        builder.environment().put("PXC_PROXMOX_TOKEN", token.id() + "=" + token.secret());
        // when
        var doctor = builder.start();
        // then
        assertThat(exitCode(doctor)).isEqualTo(1);
        var told = new ObjectMapper().readTree(output());
        assertThat(told.get("well").booleanValue()).isFalse();
        assertThat(told.get("problems").intValue()).isEqualTo(3);
        assertThat(told.get("findings"))
                .anySatisfy(finding ->
                        assertThat(finding.get("sentence").asText()).startsWith("Node pve1 has no bridge vmbr9"));
        assertThat(told.get("steps")).isEmpty();
    }

    @Test
    void wrongArgumentsAreTwoAndSaidInOneSentence() throws Exception {
        // when
        var doctor = doctor("--insecure", "--token-file", folder.resolve("none").toString());
        // then
        assertThat(exitCode(doctor)).isEqualTo(2);
        assertThat(errors()).startsWith("--token-file " + folder.resolve("none") + " can't be read");
        assertThat(output()).isEmpty();
    }

    @Test
    void aProcessThatIsToldToEndCleansUpFirst() throws Exception {
        // given
        var doctor = doctor(
                "--ca-file", ca.toString(), "--token-file", tokenFile.toString(), "--exercise", "--download-template");
        await().until(() -> proxmox.requests().count("POST", "/nodes/{node}/qemu/{vmid}/clone") > 0);
        // when
        doctor.destroy();
        // then
        assertThat(exitCode(doctor)).isNotZero();
        assertThat(output())
                .contains("the rest: not tried: interrupted", "Of the exercise nothing is left behind")
                .endsWith("not tried: 1\n");
        assertThat(proxmox.guests()).isEmpty();
        assertThat(proxmox.volumes()).isEmpty();
    }

    private Process doctor(String... arguments) throws IOException {
        return command(arguments).start();
    }

    private ProcessBuilder command(String... arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "doctor"));
        proxmox.endpoints().forEach(endpoint -> command.addAll(List.of("--url", endpoint.toString())));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
    }

    private static int exitCode(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String output() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("err"));
    }
}
