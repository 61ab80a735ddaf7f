package cloud.pxc.crds;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.world.ControlPlane;
import cloud.pxc.world.InWorld;
import cloud.pxc.world.World;
import cloud.pxc.world.proxmox.Qcow2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a real API server makes of the YAML in {@code valid}, {@code invalid} and the project's samples. A file in {@code
 * invalid} says {@code # expected: …}, the words the refusal must hold; where it has several documents, all but the last
 * are there already when the last is applied.
 */
@ExtendWith(InWorld.class)
class SamplesTest {

    private static final Path ROOT = Path.of(System.getProperty("pxc.root"));
    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final String EXPECTED = "# expected: ";

    private static ControlPlane controlPlane;

    @TempDir
    static Path folder;

    @BeforeAll
    static void installTheKinds(World world) {
        controlPlane = world.controlPlane();
        controlPlane.apply(ROOT.resolve("helm/pxc/crds"));
        var established = controlPlane.kubectl("wait", "--for=condition=Established", "--timeout=30s", "crd", "--all");
        assertThat(established.exitCode()).as(established.text()).isZero();
    }

    @TestFactory
    Stream<DynamicTest> aValidObjectIsAccepted() throws IOException {
        return yamlIn(RESOURCES.resolve("valid"))
                .map(file -> DynamicTest.dynamicTest(nameOf(file), () -> {
                    var answer = dryRun(file);
                    assertThat(answer.exitCode()).as(answer.text()).isZero();
                }));
    }

    @TestFactory
    Stream<DynamicTest> anInvalidObjectIsRefusedWithTheExpectedMessage() throws IOException {
        return yamlIn(RESOURCES.resolve("invalid"))
                .map(file -> DynamicTest.dynamicTest(nameOf(file), () -> {
                    // given
                    var text = Files.readString(file);
                    var expected = text.lines()
                            .filter(line -> line.startsWith(EXPECTED))
                            .map(line -> line.substring(EXPECTED.length()))
                            .toList();
                    assertThat(expected).as("%s says what is expected", file).isNotEmpty();
                    var documents = text.split("\n---\n");
                    for (var given : List.of(documents).subList(0, documents.length - 1)) {
                        controlPlane.apply(Files.writeString(folder.resolve("given-" + nameOf(file)), given));
                    }

                    // when
                    var answer =
                            dryRun(Files.writeString(folder.resolve(nameOf(file)), documents[documents.length - 1]));

                    // then
                    assertThat(answer.exitCode()).as(answer.text()).isNotZero();
                    assertThat(answer.text()).contains(expected);
                }));
    }

    @Test
    void theSamplesAreAccepted() {
        // given
        var samples = ROOT.resolve("samples");
        controlPlane.apply(samples.resolve("00-namespaces.yaml"));

        // when
        var answer = dryRun(samples);
        var refusedLater = dryRun(samples.resolve("refused"));

        // then
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertThat(refusedLater.exitCode())
                .as("only the webhook knows why not: %s", refusedLater.text())
                .isZero();
    }

    @Test
    void theChecksumInTheSampleIsThatOfTheImageOfTheLocalWorld() throws Exception {
        // given
        var image = Qcow2.empty(2L << 30);

        // when
        var checksum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(image));

        // then
        assertThat(ROOT.resolve("samples/20-proxmox-cluster.yaml")).content().contains("sha512:" + checksum);
    }

    private static ControlPlane.Output dryRun(Path file) {
        return controlPlane.kubectl("apply", "--dry-run=server", "-f", file.toString());
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString();
    }

    private static Stream<Path> yamlIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            var sorted = files.filter(file -> nameOf(file).endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(sorted).as("YAML in %s", folder).isNotEmpty();
            return sorted.stream();
        }
    }
}
