package cloud.pxc.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The CRDs in the chart are the ones that these types generate; {@code make fmt} renews them. */
class GeneratedCrdsTest {

    private static final Path GENERATED = Path.of("target/classes/META-INF/fabric8");
    private static final Path COMMITTED =
            Path.of(System.getProperty("pxc.root")).resolve("helm/pxc/crds");

    @Test
    void theChartHoldsTheCrdsOfTheseTypes() throws IOException {
        var generated = yamlIn(GENERATED, "-v1.yml");
        assertThat(generated).hasSize(7);
        if (Boolean.getBoolean("pxc.renew")) {
            for (var crd : generated.entrySet()) {
                Files.writeString(COMMITTED.resolve(crd.getKey() + ".yaml"), crd.getValue());
            }
        }

        var committed = yamlIn(COMMITTED, ".yaml");

        assertThat(committed).as("helm/pxc/crds; renew it with: make fmt").isEqualTo(generated);
    }

    private static Map<String, String> yamlIn(Path folder, String suffix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replace(suffix, ""),
                            GeneratedCrdsTest::read,
                            (one, other) -> one,
                            TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
