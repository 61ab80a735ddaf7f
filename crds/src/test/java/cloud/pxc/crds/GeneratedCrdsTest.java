package cloud.pxc.crds;

import static org.assertj.core.api.Assertions.assertThat;

import cloud.pxc.crds.certificate.Certificate;
import cloud.pxc.crds.cluster.ProxmoxCluster;
import cloud.pxc.crds.issuer.AcmeIssuer;
import cloud.pxc.crds.machine.Machine;
import cloud.pxc.crds.record.DnsRecord;
import cloud.pxc.crds.snapshot.MachineSnapshot;
import cloud.pxc.crds.stack.Stack;
import cloud.pxc.crds.zone.DnsZone;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The CRDs in the chart are the ones that these types generate; {@code make fmt} renews them. */
class GeneratedCrdsTest {

    private static final Path GENERATED = Path.of("target/classes/META-INF/fabric8");
    private static final Path COMMITTED =
            Path.of(System.getProperty("pxc.root")).resolve("helm/pxc/crds");

    static List<Class<? extends CustomResource<?, ?>>> kinds() {
        return List.of(
                ProxmoxCluster.class,
                Stack.class,
                Machine.class,
                MachineSnapshot.class,
                DnsZone.class,
                DnsRecord.class,
                AcmeIssuer.class,
                Certificate.class);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theChartHoldsTheCrdOfThisType(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        // given
        var name = CustomResource.getCRDName(kind);
        var committed = COMMITTED.resolve(name + ".yaml");

        // when
        var finished = finished(kind);
        if (Boolean.getBoolean("pxc.renew")) {
            Files.writeString(committed, finished);
        }

        // then
        assertThat(committed)
                .as("%s differs from its Java types; renew it with: make fmt", committed)
                .hasContent(finished);
    }

    @Test
    void theChartHoldsNoOtherCrd() throws IOException {
        try (var files = Files.list(COMMITTED)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(kinds().stream()
                            .map(kind -> CustomResource.getCRDName(kind) + ".yaml")
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyFieldIsExplained(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        // given
        var crd = Serialization.unmarshal(finished(kind), CustomResourceDefinition.class);
        var unexplained = new ArrayList<String>();

        // when
        var schema = crd.getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
        collectUnexplained("", schema, unexplained);

        // then
        assertThat(unexplained)
                .as("fields of %s that kubectl explain says nothing of", kind.getSimpleName())
                .isEmpty();
    }

    @Test
    void aClientThatMeetsAnObjectByItsKindGetsItsType() {
        assertThat(ServiceLoader.load(KubernetesResource.class).stream().map(ServiceLoader.Provider::type))
                .containsAll(kinds());
    }

    private static String finished(Class<? extends CustomResource<?, ?>> kind) throws IOException {
        var generated = GENERATED.resolve(CustomResource.getCRDName(kind) + "-v1.yml");
        return FinishedCrd.yaml(Files.readString(generated), kind);
    }

    private static void collectUnexplained(String path, JSONSchemaProps schema, List<String> unexplained) {
        FinishedCrd.children(schema).forEach((name, field) -> {
            if (field.getDescription() == null) {
                unexplained.add(path + name);
            }
            collectUnexplained(path + name + ".", field, unexplained);
        });
    }
}
