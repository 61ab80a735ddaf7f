package cloud.pxc.operator.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arguments that can't be: each is one sentence and exit code 2, and no secret is in it. */
class DoctorTest {

    private static final Map<String, String> TOKEN = Map.of("PXC_PROXMOX_TOKEN", "pxc@pve!operator=c0ffee");
    private static final String URL = "--url=https://192.0.2.1:8006";

    private final StringWriter said = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --insecure                                 | Missing required option: '--url=https://HOST:8006'
            --url=pve1                                 | An endpoint looks like https://pve1.example.org:8006
            --url=https://192.0.2.1:8006 --vmids=5-9   | A VMID is a number from 100 to 999999999, was 5
            --url=https://192.0.2.1:8006 --vmids=900   | --vmids has to look like 10000-19999
            --url=https://192.0.2.1:8006 --vmids=9-x   | --vmids has to look like 10000-19999
            --url=https://192.0.2.1:8006 --vmids=300-200 | --vmids has to look like 10000-19999
            --url=https://192.0.2.1:8006 --types=disk  | Invalid value for option '--types'
            --url=https://192.0.2.1:8006 --vlan=4095   | --vlan has to be from 1 to 4094, was 4095
            --url=https://192.0.2.1:8006 --fingerprint=AA | A fingerprint is the SHA-256 of a node's certificate
            --url=https://192.0.2.1:8006 --insecure --ca-file=x | Error: --ca-file=FILE, --insecure are mutually exclusive
            --url=https://192.0.2.1:8006 --ca-file=/nowhere/ca.pem | --ca-file /nowhere/ca.pem can't be read
            """)
    void whatCannotBeIsSaid(String arguments, String sentence) {
        // when
        var code = execute(TOKEN, arguments.split(" "));
        // then
        assertThat(code).isEqualTo(2);
        assertThat(said.toString()).startsWith(sentence).doesNotContain("c0ffee");
    }

    @Test
    void aTokenThatIsNotGivenIsAskedFor() {
        assertThat(execute(Map.of(), URL)).isEqualTo(2);
        assertThat(said.toString()).startsWith("No API token is given").contains("--token-file", "PXC_PROXMOX_TOKEN");
    }

    @Test
    void aTokenInAnotherFormIsNotRepeated(@TempDir Path folder) throws IOException {
        // given
        var file = Files.writeString(folder.resolve("token"), "pxc@pve!operator c0ffee");
        // when
        var code = execute(Map.of(), URL, "--token-file=" + file);
        // then
        assertThat(code).isEqualTo(2);
        assertThat(said.toString())
                .startsWith("The API token has to look like user@realm!name=secret")
                .doesNotContain("c0ffee");
    }

    @Test
    void anEmptySecretIsNoToken() {
        assertThat(execute(Map.of("PXC_PROXMOX_TOKEN", "pxc@pve!operator="), URL))
                .isEqualTo(2);
        assertThat(said.toString()).startsWith("The secret of API token pxc@pve!operator is empty");
    }

    private int execute(Map<String, String> environment, String... arguments) {
        var doctor = new Doctor(environment, Clock.systemUTC(), RandomGenerator.getDefault());
        return Doctor.commandLine(doctor).setErr(new PrintWriter(said, true)).execute(arguments);
    }
}
